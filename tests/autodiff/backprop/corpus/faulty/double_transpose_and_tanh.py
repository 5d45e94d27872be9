"""Columns, square tanh layers: W3 untransposed, and tanh' written 1 - a [6a, 3d, 10c]."""
import numpy as np

rng = np.random.default_rng(62)
X, Y = rng.normal(size=(3, 6)), rng.normal(size=(4, 6))
params = {"W1": rng.normal(size=(4, 3)), "W2": rng.normal(size=(4, 4)), "W3": rng.normal(size=(4, 4))}


def loss(params):
    A1 = np.tanh(params["W1"] @ X)
    A2 = np.tanh(params["W2"] @ A1)
    return 0.5 * np.sum((params["W3"] @ A2 - Y) ** 2)


def gradients(params):
    W1, W2, W3 = params["W1"], params["W2"], params["W3"]
    A1 = np.tanh(W1 @ X)
    A2 = np.tanh(W2 @ A1)
    dZ3 = W3 @ A2 - Y
    dW3 = dZ3 @ A2.T
    dA2 = W3 @ dZ3  # fault: transpose missing | right: dA2 = W3.T @ dZ3
    dZ2 = dA2 * (1 - A2**2)
    dW2 = dZ2 @ A1.T
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - A1)  # fault: tanh' written 1 - h | right: dZ1 = dA1 * (1 - A1**2)
    dW1 = dZ1 @ X.T
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3}
