"""Rows: relu' as (h >= 0), true everywhere since h has no negative entries [8c]."""
import numpy as np

rng = np.random.RandomState(36)
X = rng.randn(6, 4)
Y = rng.randn(6, 2)
params = {"W1": rng.randn(4, 5), "b1": rng.randn(5), "W2": rng.randn(5, 2), "b2": rng.randn(2)}


def relu(z):
    return np.maximum(0, z)


def relu_grad(h):
    return (h >= 0).astype(float)  # fault: `>=` at 0, true for every activation | right: return (h > 0).astype(float)


def forward(params):
    h = relu(X @ params["W1"] + params["b1"])
    out = h @ params["W2"] + params["b2"]
    return h, out


def loss(params):
    _, out = forward(params)
    return ((out - Y) ** 2).sum() / X.shape[0]


def gradients(params):
    h, out = forward(params)
    dout = 2 * (out - Y) / X.shape[0]
    dh = np.dot(dout, params["W2"].T)
    dz = dh * relu_grad(h)
    return {"W1": np.dot(X.T, dz), "b1": dz.sum(0), "W2": np.dot(h.T, dout), "b2": dout.sum(0)}
