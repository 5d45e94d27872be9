"""Columns, three layers: fused dZ3 = A3 - Y, capitals in backward and lower case in forward."""
import numpy as np

rng = np.random.default_rng(102)
X = rng.normal(size=(2, 6))
Y = (rng.random((1, 6)) > 0.5).astype(float)
params = {"W1": rng.normal(size=(5, 2)), "b1": rng.normal(size=(5, 1)), "W2": rng.normal(size=(3, 5)),
          "b2": rng.normal(size=(3, 1)), "W3": rng.normal(size=(1, 3)), "b3": rng.normal(size=(1, 1))}


def forward(p):
    z1 = p["W1"] @ X + p["b1"]
    a1 = np.maximum(0, z1)
    z2 = p["W2"] @ a1 + p["b2"]
    a2 = 1 / (1 + np.exp(-z2))
    z3 = p["W3"] @ a2 + p["b3"]
    a3 = 1 / (1 + np.exp(-z3))
    return z1, a1, z2, a2, z3, a3


def loss(p):
    *_, a3 = forward(p)
    return -np.mean(Y * np.log(a3) + (1 - Y) * np.log(1 - a3))


def gradients(p):
    Z1, A1, Z2, A2, Z3, A3 = forward(p)
    m = Y.size
    dZ3 = A3 - Y
    dW3, db3 = dZ3 @ A2.T / m, dZ3.sum(axis=1, keepdims=True) / m
    dZ2 = (p["W3"].T @ dZ3) * A2 * (1 - A2)
    dW2, db2 = dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = (p["W2"].T @ dZ2) * (Z1 > 0)
    dW1, db1 = dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
