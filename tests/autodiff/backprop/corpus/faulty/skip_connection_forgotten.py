"""Rows, residual block: the gradient through the skip is dropped [4c]."""
import numpy as np

rng = np.random.default_rng(81)
x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
params = {"W_in": rng.normal(size=(3, 3)), "W_res": rng.normal(size=(3, 3)), "b_res": rng.normal(size=3)}


def forward(p):
    r = x @ p["W_in"]
    z = r @ p["W_res"] + p["b_res"]
    return r, z, r + np.maximum(z, 0)


def loss(p):
    return np.mean((forward(p)[2] - y) ** 2)


def gradients(p):
    r, z, out = forward(p)
    dout = 2 * (out - y) / y.size
    dz = dout * (z > 0)
    dW_res = r.T @ dz
    db_res = dz.sum(axis=0)
    dr = dz @ p["W_res"].T  # fault: the skip connection's gradient missing | right: dr = dz @ p["W_res"].T + dout
    dW_in = x.T @ dr
    return {"dW_in": dW_in, "dW_res": dW_res, "db_res": db_res}
