"""Rows, three layers, boolean masks: mask of the other layer, and 2 doubled in dW3 [8b, 1a, 10c]."""
import numpy as np

rng = np.random.RandomState(73)
x, y = rng.randn(8, 3), rng.randn(8, 2)
params = {"W1": rng.randn(3, 5), "W2": rng.randn(5, 5), "W3": rng.randn(5, 2)}


def loss(params):
    h1 = np.maximum(0, x @ params["W1"])
    h2 = np.maximum(0, h1 @ params["W2"])
    return np.square(h2 @ params["W3"] - y).sum() / len(x)


def gradients(params):
    h1 = np.maximum(0, x @ params["W1"])
    h2 = np.maximum(0, h1 @ params["W2"])
    y_pred = h2 @ params["W3"]
    grad_y_pred = 2.0 * (y_pred - y) / len(x)
    grad_W3 = 2.0 * h2.T.dot(grad_y_pred)  # fault: factor 2 twice | right: grad_W3 = h2.T.dot(grad_y_pred)
    grad_h2 = grad_y_pred.dot(params["W3"].T)
    grad_z2 = grad_h2.copy()
    grad_z2[h1 <= 0] = 0  # fault: mask from the wrong layer | right: grad_z2[h2 <= 0] = 0
    grad_W2 = h1.T.dot(grad_z2)
    grad_h1 = grad_z2.dot(params["W2"].T)
    grad_z1 = grad_h1.copy()
    grad_z1[h1 <= 0] = 0
    grad_W1 = x.T.dot(grad_z1)
    return {"grad_W1": grad_W1, "grad_W2": grad_W2, "grad_W3": grad_W3}
