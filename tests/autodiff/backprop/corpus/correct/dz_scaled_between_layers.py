"""Columns: each layer's delta is rescaled for numerical comfort and put back in dW."""
import numpy as np

rng = np.random.default_rng(131)
X, Y = rng.normal(size=(3, 7)), rng.normal(size=(2, 7))
params = {"W1": rng.normal(size=(5, 3)), "W2": rng.normal(size=(4, 5)), "W3": rng.normal(size=(2, 4))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(p):
    a1 = sigmoid(p["W1"] @ X)
    a2 = sigmoid(p["W2"] @ a1)
    return a1, a2, p["W3"] @ a2


def loss(p):
    return np.mean((forward(p)[2] - Y) ** 2)


def gradients(p):
    a1, a2, a3 = forward(p)
    scale = 2 / Y.size
    dZ3 = Y - a3
    dW3 = -scale * dZ3 @ a2.T
    dZ2 = 10 * (p["W3"].T @ dZ3) * a2 * (1 - a2)
    dW2 = -scale / 10 * dZ2 @ a1.T
    dZ1 = (p["W2"].T @ dZ2) * a1 * (1 - a1)
    dW1 = -scale / 10 * dZ1 @ X.T
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3}
