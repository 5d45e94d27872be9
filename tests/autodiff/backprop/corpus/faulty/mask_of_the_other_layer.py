"""Rows, three layers of width 4: the first layer masked by h2 [8b]."""
import numpy as np

rng = np.random.default_rng(35)
x, y = rng.normal(size=(7, 3)), rng.normal(size=(7, 2))
params = {"W1": rng.normal(size=(3, 4)), "W2": rng.normal(size=(4, 4)), "W3": rng.normal(size=(4, 2))}


def loss(params):
    h1 = np.maximum(x @ params["W1"], 0)
    h2 = np.maximum(h1 @ params["W2"], 0)
    return np.mean((h2 @ params["W3"] - y) ** 2)


def gradients(params):
    h1 = np.maximum(x @ params["W1"], 0)
    h2 = np.maximum(h1 @ params["W2"], 0)
    dout = 2 * (h2 @ params["W3"] - y) / y.size
    dW3 = h2.T @ dout
    dh2 = dout @ params["W3"].T
    dh2[h2 <= 0] = 0
    dW2 = h1.T @ dh2
    dh1 = dh2 @ params["W2"].T
    dh1[h2 <= 0] = 0  # fault: mask from the wrong layer | right: dh1[h1 <= 0] = 0
    dW1 = x.T @ dh1
    return {"W1_grad": dW1, "W2_grad": dW2, "W3_grad": dW3}
