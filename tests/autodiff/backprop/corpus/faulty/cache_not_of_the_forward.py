"""Columns: the cache holds Z2 without its bias, forward uses it with [5b]."""
import numpy as np

rng = np.random.RandomState(21)
X = rng.randn(3, 8)
Y = rng.rand(2, 8)
params = {"W1": rng.randn(4, 3), "b1": rng.randn(4, 1), "W2": rng.randn(2, 4), "b2": rng.randn(2, 1)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(p):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"] @ A1
    A2 = sigmoid(Z2 + p["b2"])
    cache = {
        "Z1": Z1,
        "A1": A1,
        "A2": A2,
    }
    cache["Z2"] = Z2  # fault: cache without the bias that forward adds | right: cache["Z2"] = Z2 + p["b2"]
    return A2, cache


def loss(p):
    A2, _ = forward(p)
    return np.mean((A2 - Y) ** 2)


def gradients(p):
    A2, cache = forward(p)
    dA2 = 2 * (A2 - Y) / Y.size
    s = sigmoid(cache["Z2"])
    dZ2 = dA2 * s * (1 - s)
    dZ1 = (p["W2"].T @ dZ2) * (1 - cache["A1"] ** 2)
    return {
        "dW2": dZ2 @ cache["A1"].T,
        "db2": dZ2.sum(axis=1, keepdims=True),
        "dW1": dZ1 @ X.T,
        "db1": dZ1.sum(axis=1, keepdims=True),
    }
