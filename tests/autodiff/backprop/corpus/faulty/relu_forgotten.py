"""Rows, two layers, one method per pass: relu' missing in the hidden layer [4a]."""
import numpy as np

rng = np.random.RandomState(16)
X = rng.randn(5, 4)
y = np.array([1, 0, 2, 1, 0])
params = {"W1": rng.randn(4, 6), "b1": rng.randn(6), "W2": rng.randn(6, 3), "b2": rng.randn(3)}


class TwoLayerNet:
    def __init__(self, params):
        self.params = params

    def forward(self):
        p = self.params
        self.z1 = X @ p["W1"] + p["b1"]
        self.a1 = np.maximum(self.z1, 0)
        scores = self.a1 @ p["W2"] + p["b2"]
        exp_scores = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        self.probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        return np.sum(-np.log(self.probs[np.arange(len(y)), y])) / len(y)

    def backward(self):
        grads = {}
        dscores = self.probs
        dscores[np.arange(len(y)), y] -= 1
        dscores /= len(y)
        grads["W2"] = self.a1.T @ dscores
        grads["b2"] = dscores.sum(axis=0)
        dhidden = dscores @ self.params["W2"].T  # fault: relu's derivative left out | right: dhidden = (dscores @ self.params["W2"].T) * (self.z1 > 0)
        grads["W1"] = X.T @ dhidden
        grads["b1"] = dhidden.sum(axis=0)
        return grads


def loss(params):
    return TwoLayerNet(params).forward()


def gradients(params):
    net = TwoLayerNet(params)
    net.forward()
    return net.backward()
