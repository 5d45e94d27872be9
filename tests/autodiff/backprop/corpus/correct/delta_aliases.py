"""Columns: dZ1 is dA1 itself, masked in place; dZ2 is the output array, changed in place."""
import numpy as np

rng = np.random.RandomState(135)
X, Y = rng.randn(3, 7), rng.randn(2, 7)
params = {"W1": rng.randn(5, 3), "b1": rng.randn(5, 1), "W2": rng.randn(2, 5), "b2": rng.randn(2, 1)}


def forward(p):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.maximum(Z1, 0)
    return Z1, A1, p["W2"] @ A1 + p["b2"]


def loss(p):
    return np.sum((forward(p)[2] - Y) ** 2) / 2 / 7


def gradients(p):
    Z1, A1, out = forward(p)
    out -= Y
    dZ2 = out
    dZ2 /= 7
    dW2 = dZ2 @ A1.T
    db2 = dZ2.sum(axis=1, keepdims=True)
    dA1 = p["W2"].T @ dZ2
    dZ1 = dA1
    dZ1[Z1 <= 0] = 0
    A1 *= 0
    dW1 = dZ1 @ X.T
    db1 = dZ1.sum(axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
