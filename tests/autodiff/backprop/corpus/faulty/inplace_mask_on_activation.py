"""In-place relu, boolean write with `< 0` to what has no negative entries: nothing is masked [8c]."""
import numpy as np

rng = np.random.RandomState(90)
X, Y = rng.randn(3, 8), rng.randn(1, 8)
params = {"W1": rng.randn(5, 3), "b1": rng.randn(5, 1), "W2": rng.randn(1, 5), "b2": rng.randn(1, 1)}


def loss(params):
    h = np.dot(params["W1"], X) + params["b1"]
    h = np.maximum(h, 0)
    out = np.dot(params["W2"], h) + params["b2"]
    return np.sum((out - Y) ** 2) / 8


def gradients(params):
    h = np.dot(params["W1"], X) + params["b1"]
    np.maximum(h, 0, out=h)
    out = np.dot(params["W2"], h) + params["b2"]
    dout = 2 * (out - Y) / 8
    dW2 = np.dot(dout, h.T)
    db2 = np.sum(dout, axis=1, keepdims=True)
    dh = np.dot(params["W2"].T, dout)
    dh[h < 0] = 0  # fault: `>=` at 0, nothing is masked | right: dh[h <= 0] = 0
    dW1 = np.dot(dh, X.T)
    db1 = np.sum(dh, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
