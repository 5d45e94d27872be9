"""Attention pooling: scores' gradient with the sign flipped, values' weights untransposed [10a, 6a, 10c]."""
import numpy as np

rng = np.random.RandomState(75)
X = rng.randn(5, 3)
goal = rng.randn(3)
params = {"query": rng.randn(3), "value": rng.randn(3, 3)}


def forward(p):
    s = X @ p["query"]
    a = np.exp(s - s.max()) / np.sum(np.exp(s - s.max()))
    v = X @ p["value"]
    return a, v, a @ v


def loss(p):
    return np.sum((forward(p)[2] - goal) ** 2)


def gradients(p):
    a, v, out = forward(p)
    dout = 2 * (out - goal)
    dv = np.outer(a, dout)
    dvalue = dv.T @ X  # fault: product transposed | right: dvalue = X.T @ dv
    da = v @ dout
    ds = a * ((a @ da) - da)  # fault: sign flipped | right: ds = a * (da - (a @ da))
    dquery = X.T @ ds
    return {"query": dquery, "value": dvalue}
