"""Report style: relu's mask taken from dA1 itself [8a]."""
import numpy as np

rng = np.random.RandomState(34)
X = rng.randn(2, 5)
Y = rng.randn(1, 5)
params = {"W1": rng.randn(4, 2), "b1": rng.randn(4, 1), "W2": rng.randn(1, 4), "b2": rng.randn(1, 1)}


def forward(p):
    Z1 = np.dot(p["W1"], X) + p["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(p["W2"], A1) + p["b2"]
    return Z1, A1, Z2


def loss(p):
    return np.sum((forward(p)[2] - Y) ** 2) / 2


def gradients(p):
    Z1, A1, Z2 = forward(p)
    dZ2 = Z2 - Y
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(p["W2"].T, dZ2)
    dZ1 = np.array(dA1, copy=True)
    dZ1[dA1 <= 0] = 0  # fault: relu's mask taken from the gradient | right: dZ1[Z1 <= 0] = 0
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
