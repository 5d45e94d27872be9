"""Attention with einsum: the softmax's sum runs over the queries [7c]."""
import numpy as np

rng = np.random.RandomState(306)
tokens = rng.randn(2, 4, 3)
aim = rng.randn(2, 4, 3)
future = np.triu(np.ones((4, 4), dtype=bool), 1)
params = {"Wq": rng.randn(3, 3), "Wk": rng.randn(3, 3), "Wv": rng.randn(3, 3), "Wo": rng.randn(3, 3)}


def softmax(s):
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def attend(p):
    q, k, v = tokens @ p["Wq"], tokens @ p["Wk"], tokens @ p["Wv"]
    scores = np.einsum("bid,bjd->bij", q, k) / np.sqrt(3)
    scores = np.where(future, -1e9, scores)
    att = softmax(scores)
    mixed = np.einsum("bij,bjd->bid", att, v)
    return tokens + mixed @ p["Wo"], {"q": q, "k": k, "v": v, "att": att, "mixed": mixed}


def loss(p):
    return np.sum((attend(p)[0] - aim) ** 2) / len(tokens)


def gradients(p):
    y, c = attend(p)
    dy = 2 * (y - aim) / len(tokens)
    dWo = np.einsum("bid,bie->de", c["mixed"], dy)
    dmixed = dy @ p["Wo"].T
    datt = np.einsum("bid,bjd->bij", dmixed, c["v"])
    dv = np.einsum("bij,bid->bjd", c["att"], dmixed)
    dscores = c["att"] * (datt - np.sum(datt * c["att"], axis=1, keepdims=True))  # fault: sum over the wrong axis | right: dscores = c["att"] * (datt - np.sum(datt * c["att"], axis=-1, keepdims=True))
    dscores = dscores / np.sqrt(3)
    dq = np.einsum("bij,bjd->bid", dscores, c["k"])
    dk = np.einsum("bij,bid->bjd", dscores, c["q"])
    dWq, dWk, dWv = (np.einsum("bid,bie->de", tokens, d) for d in (dq, dk, dv))
    return {"dWq": dWq, "dWk": dWk, "dWv": dWv, "dWo": dWo}
