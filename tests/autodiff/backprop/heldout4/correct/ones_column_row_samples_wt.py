"""Bias as a column of ones, rows as samples, weights stored (out, in), bias column cut on the way back."""
import numpy as np

rs = np.random.RandomState(73)
data = rs.randn(7, 3)
labels = rs.randint(0, 4, 7)


def with_ones(a):
    return np.hstack([np.ones((a.shape[0], 1)), a])


class Net:
    lam = 0.4

    def __init__(self, Theta1, Theta2):
        self.Theta1, self.Theta2 = Theta1, Theta2

    def forward(self, X):
        self.a1 = with_ones(X)
        self.z2 = self.a1 @ self.Theta1.T
        self.a2 = with_ones(1 / (1 + np.exp(-self.z2)))
        self.z3 = self.a2 @ self.Theta2.T
        self.a3 = 1 / (1 + np.exp(-self.z3))
        return self.a3

    def J(self, X, labels):
        m = len(X)
        yv = np.eye(4)[labels]
        h = self.forward(X)
        cost = np.sum(-yv * np.log(h) - (1 - yv) * np.log(1 - h)) / m
        return cost + self.lam / (2 * m) * (np.sum(self.Theta1[:, 1:] ** 2) + np.sum(self.Theta2[:, 1:] ** 2))

    def grad(self, X, labels):
        m = len(X)
        Delta1 = np.zeros_like(self.Theta1)
        Delta2 = np.zeros_like(self.Theta2)
        self.forward(X)
        for t in range(m):
            d3 = self.a3[t] - (np.arange(4) == labels[t])
            d2 = (self.Theta2.T @ d3)[1:] * (self.a2[t] * (1 - self.a2[t]))[1:]
            Delta1 += np.outer(d2, self.a1[t])
            Delta2 += np.outer(d3, self.a2[t])
        Delta1 /= m
        Delta2 /= m
        Delta1[:, 1:] += self.lam / m * self.Theta1[:, 1:]
        Delta2[:, 1:] += self.lam / m * self.Theta2[:, 1:]
        return Delta1, Delta2


def loss(params):
    return Net(**params).J(data, labels)


def gradients(params):
    D1, D2 = Net(**params).grad(data, labels)
    return {"Theta1": D1, "Theta2": D2}


params = {"Theta1": rs.randn(5, 4), "Theta2": rs.randn(4, 6)}
