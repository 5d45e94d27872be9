"""Layers as objects with self.x and accumulated self.dW that are zeroed before each backward pass, two half batches."""
import numpy as np

rng = np.random.default_rng(31)
X = rng.normal(size=(8, 3))
Y = rng.normal(size=(8, 2))
params = {
    "W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=(1, 4)),
    "W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=(1, 2)),
}


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.zero_grad()

    def zero_grad(self):
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW += self.x.T @ grad
        self.db += grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T


class LeakyReLU:
    def forward(self, x):
        self.mask = np.where(x > 0, 1.0, 0.1)
        return x * self.mask

    def backward(self, grad):
        return self.mask * grad


def build(p):
    return [Dense(p["W1"], p["b1"]), LeakyReLU(), Dense(p["W2"], p["b2"])]


def loss(params):
    out = X
    for layer in build(params):
        out = layer.forward(out)
    return np.mean((out - Y) ** 2)


def gradients(params):
    layers = build(params)
    for start in (0, 4):
        out = X[start:start + 4]
        for layer in layers:
            out = layer.forward(out)
        grad = 2 * (out - Y[start:start + 4]) / Y.size
        for layer in layers[::-1]:
            grad = layer.backward(grad)
    return {"dW1": layers[0].dW, "db1": layers[0].db, "dW2": layers[2].dW, "db2": layers[2].db}
