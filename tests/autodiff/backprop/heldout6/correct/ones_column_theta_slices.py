"""Bias inside theta as a column of ones; the bias row of the hidden delta is cut off after sigmoid' at a2."""
import numpy as np


class CourseNet:
    def __init__(self, Theta1, Theta2, lmbda):
        self.Theta1, self.Theta2, self.lmbda = Theta1, Theta2, lmbda

    def h(self, X):
        m = X.shape[0]
        self.a1 = np.hstack([np.ones((m, 1)), X])
        self.z2 = self.a1 @ self.Theta1.T
        self.a2 = np.hstack([np.ones((m, 1)), 1 / (1 + np.exp(-self.z2))])
        self.a3 = 1 / (1 + np.exp(-self.a2 @ self.Theta2.T))
        return self.a3

    def costFunction(self, X, Y):
        m = X.shape[0]
        h = self.h(X)
        J = -1 / m * np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h))
        J += self.lmbda / (2 * m) * (np.sum(self.Theta1[:, 1:] ** 2) + np.sum(self.Theta2[:, 1:] ** 2))
        return J

    def gradFunction(self, X, Y):
        m = X.shape[0]
        self.h(X)
        Delta1 = np.zeros_like(self.Theta1)
        Delta2 = np.zeros_like(self.Theta2)
        for i in range(m):
            d3 = self.a3[i] - Y[i]
            d2 = self.Theta2.T @ d3 * self.a2[i] * (1 - self.a2[i])
            Delta2 = Delta2 + np.outer(d3, self.a2[i])
            Delta1 = Delta1 + np.outer(d2[1:], self.a1[i])
        Theta1_grad = Delta1 / m
        Theta2_grad = Delta2 / m
        Theta1_grad[:, 1:] += self.lmbda / m * self.Theta1[:, 1:]
        Theta2_grad[:, 1:] += self.lmbda / m * self.Theta2[:, 1:]
        return Theta1_grad, Theta2_grad


np.random.seed(61)
X = np.random.randn(6, 3)
Y = np.eye(3)[np.random.randint(0, 3, 6)]
params = {"Theta1": np.random.randn(4, 4) * 0.8, "Theta2": np.random.randn(3, 5) * 0.8}


def loss(params):
    return CourseNet(lmbda=1.5, **params).costFunction(X, Y)


def gradients(params):
    Theta1_grad, Theta2_grad = CourseNet(lmbda=1.5, **params).gradFunction(X, Y)
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
