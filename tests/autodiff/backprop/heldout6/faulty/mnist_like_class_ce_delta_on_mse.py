"""Sigmoid digits class with MSE; the output delta is the one that goes with cross-entropy [7a]."""
import numpy as np


class Model:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def feedforward(self, X):
        self.X = X
        self.z1 = self.W1 @ X.T + self.b1       # (hidden, N)
        self.a1 = self.sigmoid(self.z1)
        self.z2 = self.W2 @ self.a1 + self.b2   # (classes, N)
        self.a2 = self.sigmoid(self.z2)
        return self.a2

    def mse(self, Y):
        return np.sum((self.a2 - Y) ** 2) / (2 * Y.shape[1])

    def backprop(self, Y):
        N = Y.shape[1]
        dz2 = self.a2 - Y  # fault: shortcut of the cross-entropy, the cost is squared | right: dz2 = (self.a2 - Y) * self.a2 * (1 - self.a2)
        dW2 = dz2 @ self.a1.T / N
        db2 = dz2.sum(axis=1, keepdims=True) / N
        dz1 = (self.W2.T @ dz2) * (self.a1 * (1 - self.a1))
        dW1 = dz1 @ self.X / N
        db1 = dz1.sum(axis=1, keepdims=True) / N
        return dW1, db1, dW2, db2


np.random.seed(77)
X_train = np.random.rand(8, 5)
y_train = np.random.randint(0, 3, 8)
Y_train = np.eye(3)[y_train].T
params = {"W1": np.random.randn(4, 5), "b1": np.random.randn(4, 1) * .2, "W2": np.random.randn(3, 4), "b2": np.random.randn(3, 1) * .2}


def loss(params):
    model = Model(**params)
    model.feedforward(X_train)
    return model.mse(Y_train)


def gradients(params):
    model = Model(**params)
    model.feedforward(X_train)
    return dict(zip(("W1", "b1", "W2", "b2"), model.backprop(Y_train)))
