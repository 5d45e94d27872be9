"""Class with caches in self: the output bias keeps the zeros that it was initialised with [10b]."""
import numpy as np

rng = np.random.RandomState(77)
X = rng.randn(6, 3)
Y = rng.randn(6, 2)
params = {
    "W1": rng.randn(3, 4),
    "b1": rng.randn(1, 4),
    "W2": rng.randn(4, 2),
    "b2": rng.randn(1, 2),
}


class NeuralNetwork:
    def __init__(self, p):
        self.W1, self.b1, self.W2, self.b2 = p["W1"], p["b1"], p["W2"], p["b2"]

    def forward(self, X):
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = np.tanh(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        return self.z2

    def backward(self, X, Y, out):
        n = X.shape[0]
        self.delta2 = (out - Y) / n
        self.delta1 = np.dot(self.delta2, self.W2.T) * (1 - self.a1 ** 2)
        self.dW2 = np.dot(self.a1.T, self.delta2)
        self.db2 = np.zeros_like(self.b2)  # fault: zeros | right: self.db2 = np.sum(self.delta2, axis=0, keepdims=True)
        self.dW1 = np.dot(X.T, self.delta1)
        self.db1 = np.sum(self.delta1, axis=0, keepdims=True)


def loss(params):
    out = NeuralNetwork(params).forward(X)
    return 0.5 * np.sum((out - Y) ** 2) / X.shape[0]


def gradients(params):
    nn = NeuralNetwork(params)
    out = nn.forward(X)
    nn.backward(X, Y, out)
    return {"dW1": nn.dW1, "db1": nn.db1, "dW2": nn.dW2, "db2": nn.db2}
