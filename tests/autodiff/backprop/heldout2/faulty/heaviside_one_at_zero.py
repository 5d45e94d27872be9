"""Functional, relu' as np.heaviside of the activation with 1 at 0, where relu's output is 0 half the time [8c]."""
import numpy as np

rng = np.random.default_rng(404)
batch = rng.normal(size=(7, 3))
goal = rng.normal(size=(7, 2))
params = {
    "w_in": rng.normal(size=(4, 3)),
    "c_in": rng.normal(size=4) * 0.3,
    "w_out": rng.normal(size=(2, 4)),
    "c_out": rng.normal(size=2) * 0.3,
}


def dense(x, w, c):
    return x @ w.T + c


def relu(x):
    return x * (x > 0)


def d_relu(a):
    return np.heaviside(a, 1.0)  # fault: 1 where the activation is 0 | right: return np.heaviside(a, 0.0)


def loss(p):
    a = relu(dense(batch, p["w_in"], p["c_in"]))
    return 0.5 * np.mean(np.sum((dense(a, p["w_out"], p["c_out"]) - goal) ** 2, axis=1))


def gradients(p):
    a = relu(dense(batch, p["w_in"], p["c_in"]))
    e = (dense(a, p["w_out"], p["c_out"]) - goal) / len(batch)
    grad_w_out = e.T @ a
    grad_c_out = e.sum(axis=0)
    back = (e @ p["w_out"]) * d_relu(a)
    grad_w_in = back.T @ batch
    grad_c_in = back.sum(axis=0)
    return {"grad_w_in": grad_w_in, "grad_c_in": grad_c_in, "grad_w_out": grad_w_out, "grad_c_out": grad_c_out}
