"""Rows, softmax output with mean squared error: p - y taken for the whole [7a]."""
import numpy as np

rng = np.random.RandomState(30)
X = rng.randn(8, 4)
T = np.eye(3)[rng.randint(0, 3, 8)]
params = {"W": rng.randn(4, 3), "b": rng.randn(3)}


def softmax(z):
    ez = np.exp(z - np.max(z, axis=1, keepdims=True))
    return ez / np.sum(ez, axis=1, keepdims=True)


def loss(params):
    P = softmax(X @ params["W"] + params["b"])
    return np.sum((P - T) ** 2) / (2 * len(X))


def gradients(params):
    P = softmax(X @ params["W"] + params["b"])
    dP = (P - T) / len(X)
    dZ = dP  # fault: softmax-cross-entropy shortcut under a squared error | right: dZ = P * (dP - np.sum(dP * P, axis=1, keepdims=True))
    return {"dW": X.T @ dZ, "db": np.sum(dZ, axis=0)}
