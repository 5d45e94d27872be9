"""Course-style TwoLayerNet with weight decay on both matrices, one of the two forgotten backwards [9c]."""
import numpy as np


class TwoLayerNet:
    def __init__(self, params, reg):
        self.params = params
        self.reg = reg

    def scores(self, X):
        self.z1 = X.dot(self.params["W1"]) + self.params["b1"]
        self.h1 = np.maximum(0, self.z1)
        return self.h1.dot(self.params["W2"]) + self.params["b2"]

    def loss(self, X, y):
        N = X.shape[0]
        s = self.scores(X)
        s = s - np.max(s, axis=1, keepdims=True)
        self.probs = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)
        data_loss = np.sum(-np.log(self.probs[range(N), y])) / N
        W1, W2 = self.params["W1"], self.params["W2"]
        return data_loss + self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

    def grad(self, X, y):
        N = X.shape[0]
        grads = {}
        dS = self.probs
        dS[range(N), y] -= 1
        dS = dS / N
        grads["W2"] = self.h1.T.dot(dS)  # fault: decay of W2 left out | right: grads["W2"] = self.h1.T.dot(dS) + 2 * self.reg * self.params["W2"]
        grads["b2"] = np.sum(dS, axis=0)
        dh1 = dS.dot(self.params["W2"].T)
        dh1[self.z1 <= 0] = 0
        grads["W1"] = X.T.dot(dh1) + 2 * self.reg * self.params["W1"]
        grads["b1"] = np.sum(dh1, axis=0)
        return grads


np.random.seed(231)
toy_X = 2 * np.random.randn(5, 4)
toy_y = np.array([0, 1, 2, 2, 1])
params = {
    "W1": np.random.randn(4, 7) * 0.4, "b1": np.random.randn(7) * 0.2,
    "W2": np.random.randn(7, 3) * 0.4, "b2": np.random.randn(3) * 0.2,
}


def loss(params):
    return TwoLayerNet(params, 0.05).loss(toy_X, toy_y)


def gradients(params):
    net = TwoLayerNet(params, 0.05)
    net.loss(toy_X, toy_y)
    return net.grad(toy_X, toy_y)
