"""Rows, relu then sigmoid hidden layers: the second gets the first one's derivative [3e]."""
import numpy as np

rng = np.random.default_rng(15)
x = rng.normal(size=(5, 3))
y = rng.normal(size=(5, 1))
params = {"w1": rng.normal(size=(3, 6)), "w2": rng.normal(size=(6, 4)), "w3": rng.normal(size=(4, 1))}


def relu(v):
    return v * (v > 0)


def sigm(v):
    return 1 / (1 + np.exp(-v))


def loss(params):
    h1 = relu(x @ params["w1"])
    h2 = sigm(h1 @ params["w2"])
    pred = h2 @ params["w3"]
    return np.square(pred - y).sum()


def gradients(params):
    z1 = x @ params["w1"]
    h1 = relu(z1)
    z2 = h1 @ params["w2"]
    h2 = sigm(z2)
    pred = h2 @ params["w3"]
    grad_pred = 2.0 * (pred - y)
    grad_w3 = h2.T @ grad_pred
    grad_h2 = grad_pred @ params["w3"].T
    grad_z2 = grad_h2 * (z2 > 0)  # fault: relu's derivative for a sigmoid | right: grad_z2 = grad_h2 * h2 * (1 - h2)
    grad_w2 = h1.T @ grad_z2
    grad_h1 = grad_z2 @ params["w2"].T
    grad_z1 = grad_h1 * (z1 > 0)
    grad_w1 = x.T @ grad_z1
    return {"grad_w1": grad_w1, "grad_w2": grad_w2, "grad_w3": grad_w3}
