"""Columns: W2.T * dZ2 with as many samples as hidden units, so that the shapes fit [6c]."""
import numpy as np

rng = np.random.RandomState(88)
X, Y = rng.randn(3, 4), rng.rand(4, 4)
params = {"W1": rng.randn(4, 3), "b1": rng.randn(4, 1), "W2": rng.randn(4, 4), "b2": rng.randn(4, 1)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params):
    z1 = np.dot(params["W1"], X) + params["b1"]
    a1 = sigmoid(z1)
    z2 = np.dot(params["W2"], a1) + params["b2"]
    return z1, a1, z2, sigmoid(z2)


def loss(params):
    return 0.5 * np.sum((forward(params)[3] - Y) ** 2)


def gradients(params):
    Z1, A1, Z2, A2 = forward(params)
    dA2 = A2 - Y
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = params["W2"].T * dZ2  # fault: element-wise in place of matrix product | right: dA1 = np.dot(params["W2"].T, dZ2)
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
