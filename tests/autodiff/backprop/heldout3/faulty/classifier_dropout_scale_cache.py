"""A class with a fixed dropout mask, the cache keeps the hidden layer from before the mask [5b]."""
import numpy as np


class MLP(object):
    def __init__(self, params, keep):
        self.params = params
        self.keep = keep
        self.cache = {}

    def forward(self, X):
        p = self.params
        Z1 = X.dot(p["W1"]) + p["b1"]
        H = 1 / (1 + np.exp(-Z1))
        D = H * self.keep / 0.75
        scores = D.dot(p["W2"]) + p["b2"]
        self.cache["X"], self.cache["H"] = X, H
        self.cache["D"] = H  # fault: cached before the mask | right: self.cache["D"] = D
        return scores

    def softmax(self, scores):
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, X, y):
        probs = self.softmax(self.forward(X))
        return -np.mean(np.log(probs[np.arange(len(y)), y]))

    def backward(self, X, y):
        probs = self.softmax(self.forward(X))
        n = len(y)
        dscores = probs.copy()
        dscores[np.arange(n), y] -= 1
        dscores /= n
        grads = {}
        grads["W2"] = self.cache["D"].T.dot(dscores)
        grads["b2"] = dscores.sum(axis=0)
        dD = dscores.dot(self.params["W2"].T)
        dH = dD * self.keep / 0.75
        dZ1 = dH * self.cache["H"] * (1 - self.cache["H"])
        grads["W1"] = self.cache["X"].T.dot(dZ1)
        grads["b1"] = dZ1.sum(axis=0)
        return grads


rs = np.random.RandomState(42)
X = rs.randn(7, 4)
y = np.array([0, 2, 1, 1, 0, 2, 2])
mask = (rs.rand(7, 6) < 0.75).astype(float)
params = {
    "W1": rs.randn(4, 6) * 0.5,
    "b1": rs.randn(6) * 0.1,
    "W2": rs.randn(6, 3) * 0.5,
    "b2": rs.randn(3) * 0.1,
}


def loss(params):
    return MLP(params, mask).loss(X, y)


def gradients(params):
    return MLP(params, mask).backward(X, y)
