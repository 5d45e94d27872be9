"""Report with regularisation on both weights: one layer forgets the penalty, dW1 forgets the sigmoid [4b, 9c, 10c]."""
import numpy as np


class RegularisedNet:
    def __init__(self, theta, lambd):
        self.theta = theta
        self.lambd = lambd

    def sigma(self, v):
        return 1 / (1 + np.exp(-v))

    def forward(self, X):
        th = self.theta
        self.X = X
        self.H = self.sigma(X @ th["W1"].T + th["b1"])
        self.O = self.sigma(self.H @ th["W2"].T + th["b2"])
        return self.O

    def J(self, X, Y):
        n = X.shape[0]
        O = self.forward(X)
        cross = -np.sum(Y * np.log(O) + (1 - Y) * np.log(1 - O)) / n
        penalty = self.lambd / (2 * n) * (np.sum(self.theta["W1"] ** 2) + np.sum(self.theta["W2"] ** 2))
        return cross + penalty

    def dJ(self, X, Y):
        n = X.shape[0]
        th, lam = self.theta, self.lambd
        self.forward(X)
        delta_out = self.O - Y
        hidden_error = delta_out @ th["W2"]
        delta_hidden = hidden_error * self.H * (1 - self.H)
        dW2 = delta_out.T @ self.H / n  # fault: the penalty of W2 isn't in its gradient | right: dW2 = delta_out.T @ self.H / n + lam / n * th["W2"]
        db2 = np.sum(delta_out, axis=0) / n
        dW1 = hidden_error.T @ X / n + lam / n * th["W1"]  # fault: sigmoid' left out here | right: dW1 = delta_hidden.T @ X / n + lam / n * th["W1"]
        db1 = np.sum(delta_hidden, axis=0) / n
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


np.random.seed(10)
X = np.random.randn(7, 3)
Y = np.eye(2)[np.random.randint(0, 2, 7)]
params = {"W1": np.random.randn(4, 3), "b1": np.random.randn(4), "W2": np.random.randn(2, 4), "b2": np.random.randn(2)}


def loss(p):
    return RegularisedNet(p, 0.8).J(X, Y)


def gradients(p):
    return RegularisedNet(p, 0.8).dJ(X, Y)
