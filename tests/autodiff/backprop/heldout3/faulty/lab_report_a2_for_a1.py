"""Homework report, three sigmoid layers in columns; the last weight gradient picks A1 where A2 feeds the layer [5a]."""
import numpy as np

np.random.seed(21)
X = np.random.randn(3, 6)
Y = np.random.rand(2, 6)
params = {
    "W1": np.random.randn(4, 3),
    "b1": np.random.randn(4, 1),
    "W2": np.random.randn(4, 4),
    "b2": np.random.randn(4, 1),
    "W3": np.random.randn(2, 4),
    "b3": np.random.randn(2, 1),
}


def sigma(z):
    return 1 / (1 + np.exp(-z))


def model(p):
    A1 = sigma(p["W1"] @ X + p["b1"])
    A2 = sigma(p["W2"] @ A1 + p["b2"])
    A3 = sigma(p["W3"] @ A2 + p["b3"])
    return A1, A2, A3


def loss(params):
    A1, A2, A3 = model(params)
    m = Y.shape[1]
    return np.sum((A3 - Y) ** 2) / (2 * m)


def gradients(params):
    m = Y.shape[1]
    A1, A2, A3 = model(params)

    # eq. (12)
    dZ3 = (A3 - Y) * A3 * (1 - A3)
    dW3 = (dZ3 @ A1.T) / m  # fault: A1 for A2 | right: dW3 = (dZ3 @ A2.T) / m
    db3 = dZ3.sum(axis=1, keepdims=True) / m

    # eq. (13)
    dZ2 = (params["W3"].T @ dZ3) * A2 * (1 - A2)
    dW2 = (dZ2 @ A1.T) / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m

    # eq. (14)
    dZ1 = (params["W2"].T @ dZ2) * A1 * (1 - A1)
    dW1 = (dZ1 @ X.T) / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m

    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
