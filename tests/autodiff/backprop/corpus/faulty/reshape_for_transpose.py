"""Columns: A1.reshape(n, m) in place of A1.T [6b]."""
import numpy as np

rng = np.random.default_rng(27)
X, Y = rng.normal(size=(3, 6)), rng.normal(size=(2, 6))
params = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(2, 4)), "b2": rng.normal(size=(2, 1))}


def softplus(z):
    return np.log1p(np.exp(z))


def loss(params):
    A1 = softplus(params["W1"] @ X + params["b1"])
    Z2 = params["W2"] @ A1 + params["b2"]
    return 0.5 * np.sum((Z2 - Y) ** 2) / 6


def gradients(params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = softplus(Z1)
    Z2 = params["W2"] @ A1 + params["b2"]
    dZ2 = (Z2 - Y) / 6
    dW2 = np.dot(dZ2, A1.reshape(6, 4))  # fault: reshape in place of .T | right: dW2 = np.dot(dZ2, A1.T)
    db2 = dZ2.sum(axis=1, keepdims=True)
    dZ1 = np.dot(params["W2"].T, dZ2) / (1 + np.exp(-Z1))
    dW1 = np.dot(dZ1, X.T)
    db1 = dZ1.sum(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
