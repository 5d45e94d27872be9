"""Rows, inverted dropout with fixed masks: backward multiplies by the other layer's mask [5b]."""
import numpy as np

rng = np.random.default_rng(22)
keep = 0.7
X = rng.normal(size=(6, 3))
Y = rng.normal(size=(6, 1))
D1 = (rng.random((6, 5)) < keep) / keep
D2 = (rng.random((6, 5)) < keep) / keep
params = {"W1": rng.normal(size=(3, 5)), "W2": rng.normal(size=(5, 5)), "W3": rng.normal(size=(5, 1))}


def forward(p):
    H1 = np.maximum(0, X @ p["W1"]) * D1
    H2 = np.tanh(H1 @ p["W2"]) * D2
    return H1, H2, H2 @ p["W3"]


def loss(p):
    return np.sum((forward(p)[2] - Y) ** 2) / len(X)


def gradients(p):
    H1 = np.maximum(0, X @ p["W1"])
    A1 = H1 * D1
    H2 = np.tanh(A1 @ p["W2"])
    A2 = H2 * D2
    dout = 2 * (A2 @ p["W3"] - Y) / len(X)
    dW3 = A2.T @ dout
    dA2 = dout @ p["W3"].T
    dH2 = dA2 * D1  # fault: D1 used where the forward pass used D2 | right: dH2 = dA2 * D2
    dZ2 = dH2 * (1 - H2**2)
    dW2 = A1.T @ dZ2
    dA1 = dZ2 @ p["W2"].T
    dH1 = dA1 * D1
    dZ1 = dH1 * (H1 > 0)
    dW1 = X.T @ dZ1
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3}
