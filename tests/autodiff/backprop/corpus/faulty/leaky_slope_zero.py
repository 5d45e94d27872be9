"""Columns, leaky relu forward, relu backward [3e]."""
import numpy as np

rng = np.random.RandomState(59)
X, Y = rng.randn(2, 6), rng.randn(1, 6)
params = {"W1": rng.randn(5, 2), "b1": rng.randn(5, 1), "W2": rng.randn(3, 5), "b2": rng.randn(3, 1), "W3": rng.randn(1, 3), "b3": rng.randn(1, 1)}


def leaky(z):
    return np.where(z > 0, z, 0.2 * z)


def forward(p):
    c = {"A0": X}
    c["Z1"] = p["W1"] @ c["A0"] + p["b1"]
    c["A1"] = leaky(c["Z1"])
    c["Z2"] = p["W2"] @ c["A1"] + p["b2"]
    c["A2"] = leaky(c["Z2"])
    c["Z3"] = p["W3"] @ c["A2"] + p["b3"]
    return c


def loss(p):
    return np.mean((forward(p)["Z3"] - Y) ** 2)


def gradients(p):
    c = forward(p)
    g = {}
    dZ3 = 2 * (c["Z3"] - Y) / 6
    g["dW3"], g["db3"] = dZ3 @ c["A2"].T, dZ3.sum(axis=1, keepdims=True)
    dA2 = p["W3"].T @ dZ3
    dZ2 = dA2 * np.where(c["Z2"] > 0, 1, 0.2)
    g["dW2"], g["db2"] = dZ2 @ c["A1"].T, dZ2.sum(axis=1, keepdims=True)
    dA1 = p["W2"].T @ dZ2
    dZ1 = dA1 * (c["Z1"] > 0)  # fault: relu's derivative for a leaky relu | right: dZ1 = dA1 * np.where(c["Z1"] > 0, 1, 0.2)
    g["dW1"], g["db1"] = dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True)
    return g
