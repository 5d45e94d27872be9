"""Columns, sigmoid and cross entropy: dA of the squared error, with sigmoid' [7b]."""
import numpy as np

rng = np.random.RandomState(32)
X = rng.randn(3, 5)
Y = np.array([[1.0, 0, 0, 1, 1]])
params = {"W1": rng.randn(4, 3), "b1": rng.randn(4, 1), "W2": rng.randn(1, 4), "b2": rng.randn(1, 1)}


class Net:
    def __init__(self, params):
        self.W1, self.b1 = params["W1"], params["b1"]
        self.W2, self.b2 = params["W2"], params["b2"]

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def forward(self, x):
        self.z1 = self.W1 @ x + self.b1
        self.a1 = self.sigmoid(self.z1)
        self.z2 = self.W2 @ self.a1 + self.b2
        self.a2 = self.sigmoid(self.z2)
        return self.a2

    def backward(self, x, y):
        da2 = self.a2 - y  # fault: squared error's derivative under a cross entropy | right: da2 = (self.a2 - y) / (self.a2 * (1 - self.a2))
        dz2 = da2 * self.a2 * (1 - self.a2)
        self.dW2 = dz2 @ self.a1.T
        self.db2 = dz2.sum(axis=1, keepdims=True)
        da1 = self.W2.T @ dz2
        dz1 = da1 * self.a1 * (1 - self.a1)
        self.dW1 = dz1 @ x.T
        self.db1 = dz1.sum(axis=1, keepdims=True)


def loss(params):
    p = Net(params).forward(X)
    return -(Y * np.log(p) + (1 - Y) * np.log(1 - p)).sum()


def gradients(params):
    net = Net(params)
    net.forward(X)
    net.backward(X, Y)
    return {name: getattr(net, name) for name in ("dW1", "db1", "dW2", "db2")}
