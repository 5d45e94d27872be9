"""Softmax regression whose gradient normalises by the sum over the whole batch [7c]."""
import numpy as np


class SoftmaxClassifier:
    def __init__(self, theta, bias, lam=0.01):
        self.theta = theta
        self.bias = bias
        self.lam = lam

    def logits(self, X):
        return X @ self.theta + self.bias

    def cost(self, X, onehot):
        z = self.logits(X)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -(onehot * log_p).sum() / len(X) + 0.5 * self.lam * (self.theta ** 2).sum()

    def gradient(self, X, onehot):
        expz = np.exp(self.logits(X))
        p = expz / np.sum(expz)  # fault: no axis | right: p = expz / np.sum(expz, axis=1, keepdims=True)
        diff = (p - onehot) / len(X)
        return X.T @ diff + self.lam * self.theta, diff.sum(axis=0)


gen = np.random.RandomState(4)
X = gen.randn(9, 4)
labels = gen.randint(0, 3, 9)
onehot = np.eye(3)[labels]
params = {"theta": gen.randn(4, 3) * 0.3, "bias": gen.randn(3) * 0.3}


def loss(params):
    return SoftmaxClassifier(params["theta"], params["bias"]).cost(X, onehot)


def gradients(params):
    clf = SoftmaxClassifier(params["theta"], params["bias"])
    d_theta, d_bias = clf.gradient(X, onehot)
    return {"theta": d_theta, "bias": d_bias}
