"""Causal self-attention: the softmax's derivative taken as A(1 - A) [3e]."""
import numpy as np

rng = np.random.RandomState(49)
x = rng.randn(6, 3)
mask = np.where(np.tril(np.ones((6, 6))) > 0, 0.0, -1e9)
goal = rng.randn(6, 3)
params = {"W_q": rng.randn(3, 2), "W_k": rng.randn(3, 2), "W_v": rng.randn(3, 2), "W_o": rng.randn(2, 3)}


def softmax(s):
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def forward(params):
    q = x @ params["W_q"]
    k = x @ params["W_k"]
    v = x @ params["W_v"]
    att = softmax(q @ k.T / np.sqrt(2) + mask)
    ctx = att @ v
    return q, k, v, att, ctx, ctx @ params["W_o"]


def loss(params):
    return ((forward(params)[-1] - goal) ** 2).mean()


def gradients(params):
    q, k, v, att, ctx, out = forward(params)
    dout = 2 * (out - goal) / goal.size
    dW_o = ctx.T @ dout
    dctx = dout @ params["W_o"].T
    datt = dctx @ v.T
    dv = att.T @ dctx
    dscore = datt * att * (1 - att)  # fault: sigmoid's derivative for a softmax | right: dscore = att * (datt - (datt * att).sum(axis=-1, keepdims=True))
    dscore = dscore / np.sqrt(2)
    dq = dscore @ k
    dk = dscore.T @ q
    return {"W_q": x.T @ dq, "W_k": x.T @ dk, "W_v": x.T @ dv, "W_o": dW_o}
