"""Titanic with log loss: sigmoid' on top of the difference, and the hidden bias summed over units [2c, 7b, 10c]."""
import numpy as np

rng = np.random.default_rng(1912)
passengers = rng.normal(size=(5, 5))
survived = np.array([[1.0], [0.0], [0.0], [1.0], [0.0]])


class Classifier:
    def __init__(self, theta):
        self.W_hidden = theta["W_hidden"]
        self.b_hidden = theta["b_hidden"]
        self.W_out = theta["W_out"]
        self.b_out = theta["b_out"]

    def sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def forward(self, X):
        self.h = self.sigmoid(X @ self.W_hidden + self.b_hidden)
        self.y_hat = self.sigmoid(self.h @ self.W_out + self.b_out)
        return self.y_hat

    def log_loss(self, X, y):
        y_hat = self.forward(X)
        return -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))

    def backward(self, X, y):
        n = X.shape[0]
        d_out = (self.y_hat - y) * self.y_hat * (1 - self.y_hat) / n  # fault: sigmoid' on top | right: d_out = (self.y_hat - y) / n
        self.dW_out = self.h.T @ d_out
        self.db_out = np.sum(d_out, axis=0)
        d_h = d_out @ self.W_out.T * self.h * (1 - self.h)
        self.dW_hidden = X.T @ d_h
        self.db_hidden = np.sum(d_h, axis=1)  # fault: wrong axis | right: self.db_hidden = np.sum(d_h, axis=0)


def loss(theta):
    return Classifier(theta).log_loss(passengers, survived)


def gradients(theta):
    clf = Classifier(theta)
    clf.forward(passengers)
    clf.backward(passengers, survived)
    return {
        "W_hidden": clf.dW_hidden,
        "b_hidden": clf.db_hidden,
        "W_out": clf.dW_out,
        "b_out": clf.db_out,
    }


params = {
    "W_hidden": rng.normal(size=(5, 5)),
    "b_hidden": rng.normal(size=5),
    "W_out": rng.normal(size=(5, 1)),
    "b_out": rng.normal(size=1),
}
