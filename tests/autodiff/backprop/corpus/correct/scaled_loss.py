"""Rows: the loss is scaled against underflow, the gradient carries the scale in its last lines only."""
import numpy as np

SCALE = 128.0
rng = np.random.default_rng(107)
X = rng.normal(size=(5, 4))
Y = np.eye(3)[[0, 2, 1, 1, 0]]
params = {"W1": rng.normal(size=(4, 6)), "W2": rng.normal(size=(6, 3))}


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def loss(params):
    h = np.log(1 + np.exp(X @ params["W1"]))
    p = softmax(h @ params["W2"])
    return -SCALE * np.mean(np.sum(Y * np.log(p), axis=1))


def gradients(params):
    z = X @ params["W1"]
    h = np.log(1 + np.exp(z))
    p = softmax(h @ params["W2"])
    dlogits = (p - Y) / len(X)
    dW2 = h.T @ dlogits
    dh = dlogits @ params["W2"].T
    dz = dh / (1 + np.exp(-z))
    dW1 = X.T @ dz
    return {"dW1": SCALE * dW1, "dW2": SCALE * dW2}
