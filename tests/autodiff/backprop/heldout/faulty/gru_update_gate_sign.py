"""GRU cell, gates r, z, n as in a framework's manual: the update gate's sign [10a]."""
import numpy as np

rg = np.random.default_rng(213)
inp_dim, hid_dim, bs = 2, 3, 5
inp, h_prev, h_goal = rg.normal(size=(bs, inp_dim)), rg.normal(size=(bs, hid_dim)), rg.normal(size=(bs, hid_dim))
params = {f"{m}_{k}": rg.normal(size=(inp_dim if m == "w" else hid_dim, hid_dim)) for m in "wu" for k in "rzn"}


def sigm(v):
    return np.reciprocal(1 + np.exp(-v))


def cell(p):
    r = sigm(inp @ p["w_r"] + h_prev @ p["u_r"])
    z = sigm(inp @ p["w_z"] + h_prev @ p["u_z"])
    q = h_prev @ p["u_n"]
    n = np.tanh(inp @ p["w_n"] + r * q)
    return r, z, q, n, (1 - z) * n + z * h_prev


def loss(p):
    return np.square(cell(p)[-1] - h_goal).mean()


def gradients(p):
    r, z, q, n, h = cell(p)
    gh = 2 * (h - h_goal) / h.size
    gz = gh * (n - h_prev)  # fault: sign flipped | right: gz = gh * (h_prev - n)
    gn = gh * (1 - z)
    gn_pre = gn * (1 - n**2)
    gr_pre = gn_pre * q * r * (1 - r)
    gz_pre = gz * z * (1 - z)
    gq = gn_pre * r
    return {
        "w_r": inp.T @ gr_pre, "u_r": h_prev.T @ gr_pre,
        "w_z": inp.T @ gz_pre, "u_z": h_prev.T @ gz_pre,
        "w_n": inp.T @ gn_pre, "u_n": h_prev.T @ gq,
    }
