"""Rows, gelu by tanh: the second term of its derivative is left out [4c]."""
import numpy as np

rng = np.random.default_rng(57)
x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
params = {"w_fc": rng.normal(size=(3, 6)), "w_proj": rng.normal(size=(6, 2))}
K = np.sqrt(2 / np.pi)


def gelu(u):
    return 0.5 * u * (1 + np.tanh(K * (u + 0.044715 * u**3)))


def gelu_grad(u):
    th = np.tanh(K * (u + 0.044715 * u**3))
    return 0.5 * (1 + th)  # fault: inner derivative missing | right: return 0.5 * (1 + th) + 0.5 * u * (1 - th**2) * K * (1 + 3 * 0.044715 * u**2)


def loss(params):
    h = gelu(x @ params["w_fc"])
    return np.mean((h @ params["w_proj"] - y) ** 2)


def gradients(params):
    u = x @ params["w_fc"]
    h = gelu(u)
    d_out = 2 * (h @ params["w_proj"] - y) / y.size
    d_proj = h.T @ d_out
    d_h = d_out @ params["w_proj"].T
    d_u = d_h * gelu_grad(u)
    d_fc = x.T @ d_u
    return {"w_fc": d_fc, "w_proj": d_proj}
