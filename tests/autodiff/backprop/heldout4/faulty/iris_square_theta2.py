"""Iris with three hidden units and three classes: the shapes let theta2 pass without its transpose [6a]."""
import numpy as np

rs = np.random.RandomState(50)
X = rs.randn(9, 4)
labels = np.array([0, 1, 2, 1, 0, 2, 2, 0, 1])
Y = np.eye(3)[labels]


class IrisNet:
    def __init__(self, theta):
        self.theta1 = theta["theta1"]
        self.bias1 = theta["bias1"]
        self.theta2 = theta["theta2"]
        self.bias2 = theta["bias2"]

    def _softmax(self, s):
        e = np.exp(s - np.max(s, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    def predict_proba(self, X):
        self.hidden = np.tanh(X.dot(self.theta1) + self.bias1)
        self.proba = self._softmax(self.hidden.dot(self.theta2) + self.bias2)
        return self.proba

    def gradient(self, X, Y):
        self.predict_proba(X)
        n = len(X)
        delta2 = (self.proba - Y) / n
        delta1 = delta2.dot(self.theta2) * (1 - self.hidden ** 2)  # fault: transpose missing | right: delta1 = delta2.dot(self.theta2.T) * (1 - self.hidden ** 2)
        return {
            "theta2": self.hidden.T.dot(delta2),
            "bias2": delta2.sum(axis=0),
            "theta1": X.T.dot(delta1),
            "bias1": delta1.sum(axis=0),
        }


def loss(theta):
    proba = IrisNet(theta).predict_proba(X)
    return -np.mean(np.log(proba[range(len(X)), labels]))


def gradients(theta):
    return IrisNet(theta).gradient(X, Y)


params = {
    "theta1": rs.randn(4, 3),
    "bias1": rs.randn(3),
    "theta2": rs.randn(3, 3),
    "bias2": rs.randn(3),
}
