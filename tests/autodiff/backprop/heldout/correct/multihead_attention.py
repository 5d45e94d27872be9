"""Two attention heads, split and merged by transpose and reshape."""
import numpy as np

g = np.random.default_rng(316)
L, D, H = 5, 4, 2
seq, ans = g.normal(size=(L, D)), g.normal(size=(L, D))
params = {k: g.normal(size=(D, D)) * 0.6 for k in ("q_proj", "k_proj", "v_proj", "o_proj")}


def split(m):
    return m.reshape(L, H, D // H).transpose(1, 0, 2)


def merge(m):
    return m.transpose(1, 0, 2).reshape(L, D)


def forward(p):
    q, k, v = (split(seq @ p[name]) for name in ("q_proj", "k_proj", "v_proj"))
    s = np.einsum("hid,hjd->hij", q, k) / np.sqrt(D // H)
    w = np.exp(s - s.max(axis=-1, keepdims=True))
    w /= w.sum(axis=-1, keepdims=True)
    ctx = merge(np.einsum("hij,hjd->hid", w, v))
    return q, k, v, w, ctx, ctx @ p["o_proj"]


def loss(p):
    return np.sum((forward(p)[-1] - ans) ** 2) / L


def gradients(p):
    q, k, v, w, ctx, out = forward(p)
    g_out = 2 * (out - ans) / L
    g_ctx = split(g_out @ p["o_proj"].T)
    g_v = np.einsum("hij,hid->hjd", w, g_ctx)
    g_w = np.einsum("hid,hjd->hij", g_ctx, v)
    g_s = w * (g_w - np.einsum("hij,hij->hi", g_w, w)[..., None])
    g_s /= np.sqrt(D // H)
    g_q = np.einsum("hij,hjd->hid", g_s, k)
    g_k = np.einsum("hij,hid->hjd", g_s, q)
    return {"q_proj": seq.T @ merge(g_q), "k_proj": seq.T @ merge(g_k), "v_proj": seq.T @ merge(g_v), "o_proj": ctx.T @ g_out}
