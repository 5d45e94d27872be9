"""Dense objects with their own activation, slope at the weighted sum and one number for all biases [2b, 3a, 10c]."""
import numpy as np


class Dense:
    def __init__(self, W, b, activation=None):
        self.W = W
        self.b = b
        self.activation = activation

    def forward(self, A_prev):
        self.A_prev = A_prev
        self.Z = A_prev.dot(self.W) + self.b
        self.A = 1 / (1 + np.exp(-self.Z)) if self.activation == "sigmoid" else self.Z
        return self.A

    def backward(self, dA):
        if self.activation == "sigmoid":
            dZ = dA * self.Z * (1 - self.Z)  # fault: Z where A belongs | right: dZ = dA * self.A * (1 - self.A)
        else:
            dZ = dA
        self.dW = self.A_prev.T.dot(dZ)
        self.db = np.sum(dZ)  # fault: sum over all axes | right: self.db = np.sum(dZ, axis=0)
        return dZ.dot(self.W.T)


class Model:
    def __init__(self, p):
        self.layers = [Dense(p["W1"], p["b1"], "sigmoid"), Dense(p["W2"], p["b2"], "sigmoid"), Dense(p["W3"], p["b3"])]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dA):
        for layer in self.layers[::-1]:
            dA = layer.backward(dA)


np.random.seed(123)
X = np.random.randn(5, 3)
y = np.random.randn(5, 2)
params = {}
for i, (n_in, n_out) in enumerate([(3, 4), (4, 3), (3, 2)]):
    params[f"W{i + 1}"] = np.random.randn(n_in, n_out) * 0.8
    params[f"b{i + 1}"] = np.random.randn(n_out) * 0.3


def loss(p):
    return np.sum((Model(p).forward(X) - y) ** 2) / (2 * len(X))


def gradients(p):
    model = Model(p)
    out = model.forward(X)
    model.backward((out - y) / len(X))
    grads = {}
    for i, layer in enumerate(model.layers):
        grads[f"W{i + 1}"] = layer.dW
        grads[f"b{i + 1}"] = layer.db
    return grads
