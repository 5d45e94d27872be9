"""Rows, a class with a softmax method: axis=0 in backward where forward has axis=1 [7c, 5b]."""
import numpy as np

rng = np.random.default_rng(89)
X, T = rng.normal(size=(6, 3)), np.eye(4)[[0, 1, 2, 3, 1, 0]]
params = {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=4)}


class SoftmaxRegression:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def softmax(self, z, axis):
        e = np.exp(z - np.max(z, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)

    def cost(self):
        self.z = X.dot(self.W) + self.b
        return -np.mean(np.sum(T * np.log(self.softmax(self.z, 1)), axis=1))

    def grad(self):
        p = self.softmax(self.z, 0)  # fault: softmax over the samples | right: p = self.softmax(self.z, 1)
        d = (p - T) / len(X)
        return {"dW": X.T.dot(d), "db": d.sum(axis=0)}


def loss(params):
    return SoftmaxRegression(**params).cost()


def gradients(params):
    model = SoftmaxRegression(**params)
    model.cost()
    return model.grad()
