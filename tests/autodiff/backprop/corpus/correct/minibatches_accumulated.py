"""Rows, gradients accumulated over three unequal mini-batches."""
import numpy as np

rng = np.random.default_rng(127)
X, Y = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
batches = [slice(0, 3), slice(3, 6), slice(6, 8)]
params = {"W1": rng.normal(size=(3, 5)), "W2": rng.normal(size=(5, 2))}


def loss(p):
    H = np.tanh(X @ p["W1"])
    return np.sum((H @ p["W2"] - Y) ** 2) / (2 * len(X))


def backward(p, x, y):
    h = np.tanh(x @ p["W1"])
    err = h @ p["W2"] - y
    dW2 = h.T @ err
    dz = err @ p["W2"].T * (1 - h * h)
    dW1 = x.T @ dz
    return dW1, dW2


def gradients(p):
    dW1 = np.zeros_like(p["W1"])
    dW2 = np.zeros_like(p["W2"])
    for batch in batches:
        g1, g2 = backward(p, X[batch], Y[batch])
        dW1 += g1
        dW2 += g2
    dW1 /= len(X)
    dW2 /= len(X)
    return {"dW1": dW1, "dW2": dW2}
