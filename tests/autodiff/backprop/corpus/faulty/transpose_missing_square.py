"""Columns with a square second layer: W2 in place of W2.T [6a]."""
import numpy as np

rng = np.random.default_rng(25)
X = rng.normal(size=(2, 6))
Y = rng.normal(size=(1, 6))
params = {"W1": rng.normal(size=(4, 2)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(4, 4)), "b2": rng.normal(size=(4, 1)),
          "W3": rng.normal(size=(1, 4))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(p):
    a1 = sigmoid(np.dot(p["W1"], X) + p["b1"])
    a2 = sigmoid(np.dot(p["W2"], a1) + p["b2"])
    return np.mean((np.dot(p["W3"], a2) - Y) ** 2)


def gradients(p):
    a1 = sigmoid(np.dot(p["W1"], X) + p["b1"])
    a2 = sigmoid(np.dot(p["W2"], a1) + p["b2"])
    y_hat = np.dot(p["W3"], a2)
    dy = 2 * (y_hat - Y) / X.shape[1]
    dW3 = np.dot(dy, a2.T)
    da2 = np.dot(p["W3"].T, dy)
    dz2 = da2 * a2 * (1 - a2)
    dW2 = np.dot(dz2, a1.T)
    db2 = np.sum(dz2, axis=1, keepdims=True)
    da1 = np.dot(p["W2"], dz2)  # fault: transpose missing | right: da1 = np.dot(p["W2"].T, dz2)
    dz1 = da1 * a1 * (1 - a1)
    dW1 = np.dot(dz1, X.T)
    db1 = np.sum(dz1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3}
