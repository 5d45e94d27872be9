"""Forward writes capitals, backward lower case; relu's derivative overwrites the cached array."""
import numpy as np


def relu_derivative(Z):
    Z[Z <= 0] = 0
    Z[Z > 0] = 1
    return Z


class Model:
    def __init__(self, P):
        self.P = P

    def forward(self, X):
        self.X = X
        self.Z1 = np.dot(X, self.P["W1"]) + self.P["B1"]
        self.A1 = np.maximum(self.Z1, 0)
        self.Z2 = np.dot(self.A1, self.P["W2"]) + self.P["B2"]
        self.A2 = np.maximum(self.Z2, 0)
        self.Z3 = np.dot(self.A2, self.P["W3"]) + self.P["B3"]
        return self.Z3

    def backward(self, y):
        z1, z2, z3 = self.Z1, self.Z2, self.Z3
        n, k = y.shape
        d3 = np.sign(z3 - y) / (n * k)
        w3 = np.dot(self.A2.T, d3)
        d2 = np.dot(d3, self.P["W3"].T)
        d2 *= relu_derivative(z2)
        w2 = np.dot(self.A1.T, d2)
        d1 = np.dot(d2, self.P["W2"].T)
        d1 *= relu_derivative(z1)
        w1 = np.dot(self.X.T, d1)
        return dict(W1=w1, B1=d1.sum(0), W2=w2, B2=d2.sum(0), W3=w3, B3=d3.sum(0))


rng = np.random.default_rng(58)
X = rng.normal(size=(6, 3))
y = rng.normal(size=(6, 2)) * 3


def loss(P):
    # mean absolute error
    return np.abs(Model(P).forward(X) - y).mean()


def gradients(P):
    m = Model(P)
    m.forward(X)
    return m.backward(y)


params = {
    "W1": rng.normal(size=(3, 5)), "B1": rng.normal(size=5),
    "W2": rng.normal(size=(5, 4)), "B2": rng.normal(size=4),
    "W3": rng.normal(size=(4, 2)), "B3": rng.normal(size=2),
}
