"""Columns, inverted dropout: the division by keep_prob is missing on the way back [1a]."""
import numpy as np

rng = np.random.RandomState(80)
keep_prob = 0.6
X, Y = rng.randn(3, 8), rng.randint(0, 2, (1, 8)) * 1.0
D1 = rng.rand(5, 8) < keep_prob
params = {"W1": rng.randn(5, 3), "b1": rng.randn(5, 1), "W2": rng.randn(1, 5), "b2": rng.randn(1, 1)}


def forward(p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A1_drop = A1 * D1 / keep_prob
    A2 = 1 / (1 + np.exp(-(p["W2"] @ A1_drop + p["b2"])))
    return A1, A1_drop, A2


def loss(p):
    A2 = forward(p)[-1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


def gradients(p):
    A1, A1_drop, A2 = forward(p)
    m = Y.shape[1]
    dZ2 = (A2 - Y) / m
    dA1 = p["W2"].T @ dZ2
    dA1 = dA1 * D1  # fault: 1/keep_prob missing | right: dA1 = dA1 * D1 / keep_prob
    dZ1 = dA1 * (1 - A1**2)
    return {
        "dW2": dZ2 @ A1_drop.T,
        "db2": dZ2.sum(axis=1, keepdims=True),
        "dW1": dZ1 @ X.T,
        "db1": dZ1.sum(axis=1, keepdims=True),
    }
