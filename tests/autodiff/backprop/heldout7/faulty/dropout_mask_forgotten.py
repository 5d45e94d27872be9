"""Inverted dropout with a fixed mask; way back without it [4c]."""
import numpy as np

np.random.seed(27)
m = 7
X = np.random.randn(4, m)
Y = (np.random.rand(1, m) > 0.5) * 1.0
keep = 0.7
D1 = (np.random.rand(6, m) < keep) * 1.0
params = {"W1": np.random.randn(6, 4) * 0.5, "b1": np.random.randn(6, 1) * 0.2,
          "W2": np.random.randn(1, 6) * 0.8, "b2": np.zeros((1, 1))}


def forward_with_dropout(P):
    Z1 = P["W1"] @ X + P["b1"]
    A1 = np.maximum(0, Z1)
    A1 = A1 * D1 / keep
    Z2 = P["W2"] @ A1 + P["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return Z1, A1, Z2, A2


def loss(P):
    A2 = forward_with_dropout(P)[-1]
    return (-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / m).item()


def gradients(P):
    Z1, A1, Z2, A2 = forward_with_dropout(P)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dA1 = P["W2"].T @ dZ2  # fault: dropout's mask left out | right: dA1 = P["W2"].T @ dZ2 * D1 / keep
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
