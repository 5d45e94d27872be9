"""Two attention heads: the heads are put together by reshape in place of transpose and reshape [6b]."""
import numpy as np

g = np.random.default_rng(233)
L, D, H = 5, 4, 2
seq, ans = g.normal(size=(L, D)), g.normal(size=(L, D))
params = {k: g.normal(size=(D, D)) * 0.6 for k in ("q_proj", "k_proj", "v_proj", "o_proj")}


def split(m):
    return m.reshape(L, H, D // H).transpose(1, 0, 2)


def merge(m):
    return m.transpose(1, 0, 2).reshape(L, D)


def forward(p):
    q, k, v = split(seq @ p["q_proj"]), split(seq @ p["k_proj"]), split(seq @ p["v_proj"])
    w = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(D // H))
    w = w / w.sum(axis=-1, keepdims=True)
    ctx = merge(w @ v)
    return q, k, v, w, ctx, ctx @ p["o_proj"]


def loss(p):
    return np.mean((forward(p)[-1] - ans) ** 2)


def gradients(p):
    q, k, v, w, ctx, out = forward(p)
    g_out = 2 * (out - ans) / ans.size
    g_ctx = split(g_out @ p["o_proj"].T)
    g_v = w.transpose(0, 2, 1) @ g_ctx
    g_w = g_ctx @ v.transpose(0, 2, 1)
    g_s = w * (g_w - np.sum(g_w * w, axis=-1, keepdims=True)) / np.sqrt(D // H)
    g_q = merge(g_s @ k)
    g_k = merge(g_s.transpose(0, 2, 1) @ q)
    g_v = g_v.reshape(L, D)  # fault: reshape in place of transpose and reshape | right: g_v = merge(g_v)
    return {"q_proj": seq.T @ g_q, "k_proj": seq.T @ g_k, "v_proj": seq.T @ g_v, "o_proj": ctx.T @ g_out}
