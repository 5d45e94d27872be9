"""Softmax regression class; weight decay found its way into the gradient and not into the reported loss [9b]."""
import numpy as np


class SoftmaxRegression:
    def __init__(self, params, lr=0.5, lam=0.1):
        self.W = params["W"].copy()
        self.b = params["b"].copy()
        self.lr = lr
        self.lam = lam

    def probabilities(self, X):
        logits = X.dot(self.W) + self.b
        logits -= logits.max(axis=1, keepdims=True)
        expd = np.exp(logits)
        return expd / expd.sum(axis=1, keepdims=True)

    def cost(self, X, y):
        P = self.probabilities(X)
        picked = P[np.arange(X.shape[0]), y]
        return -np.log(picked).mean()

    def step(self, X, y):
        m = X.shape[0]
        P = self.probabilities(X)
        P[np.arange(m), y] -= 1
        P /= m
        dW = X.T.dot(P) + self.lam * self.W  # fault: the decay isn't in the cost | right: dW = X.T.dot(P)
        db = P.sum(axis=0)
        self.W -= self.lr * dW
        self.b -= self.lr * db


np.random.seed(17)
X = np.random.randn(9, 4)
y = np.random.randint(0, 3, size=9)
params = {"W": np.random.randn(4, 3), "b": np.random.randn(3)}


def loss(params):
    return SoftmaxRegression(params).cost(X, y)


def gradients(params):
    clf = SoftmaxRegression(params)
    clf.step(X, y)
    return {"W": (params["W"] - clf.W) / clf.lr, "b": (params["b"] - clf.b) / clf.lr}
