"""Columns, as many samples as hidden units: b1 summed over axis 0 [2c]."""
import numpy as np

np.random.seed(224)
num_examples, n_in, n_hid, n_out = 4, 3, 4, 2
x = np.random.randn(n_in, num_examples)
target = np.random.rand(n_out, num_examples)
params = {
    "hidden_w": np.random.randn(n_hid, n_in),
    "hidden_b": np.random.randn(n_hid, 1),
    "out_w": np.random.randn(n_out, n_hid),
}


def logistic(u):
    return 1.0 / (1.0 + np.exp(-u))


def feed(p):
    hid = logistic(p["hidden_w"] @ x + p["hidden_b"])
    return hid, logistic(p["out_w"] @ hid)


def loss(p):
    _, out = feed(p)
    return np.sum((target - out) ** 2) / 2


def gradients(p):
    hid, out = feed(p)
    out_delta = (out - target) * out * (1 - out)
    hid_delta = p["out_w"].T @ out_delta * hid * (1 - hid)
    grads = {"grad_hidden_w": hid_delta @ x.T, "grad_out_w": out_delta @ hid.T}
    grads["grad_hidden_b"] = hid_delta.sum(axis=0).reshape(-1, 1)  # fault: sum over the wrong axis | right: grads["grad_hidden_b"] = hid_delta.sum(axis=1).reshape(-1, 1)
    return grads
