"""Columns, sigmoid output with squared error: dZ2 = A2 - Y as if it were cross entropy [7a]."""
import numpy as np

rng = np.random.default_rng(29)
X = rng.normal(size=(2, 7))
Y = (rng.random((1, 7)) > 0.5) * 1.0
params = {"W1": rng.normal(size=(3, 2)), "b1": rng.normal(size=(3, 1)), "W2": rng.normal(size=(1, 3)), "b2": rng.normal(size=(1, 1))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(params):
    A1 = np.maximum(0.0, params["W1"] @ X + params["b1"])
    A2 = sigmoid(params["W2"] @ A1 + params["b2"])
    return 0.5 * np.mean((A2 - Y) ** 2)


def gradients(params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = np.maximum(0.0, Z1)
    A2 = sigmoid(params["W2"] @ A1 + params["b2"])
    m = X.shape[1]
    dZ2 = A2 - Y  # fault: cross-entropy shortcut under a squared error | right: dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = params["W2"].T @ dZ2 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
