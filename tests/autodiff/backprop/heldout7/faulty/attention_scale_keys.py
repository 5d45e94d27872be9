"""One attention head, the 1/sqrt(d) is missing on the keys' side alone [1a]."""
import numpy as np

rng = np.random.default_rng(12)
B, S, E, D = 2, 4, 3, 5
tokens = rng.normal(size=(B, S, E))
want = rng.normal(size=(B, S, D))
params = {k: rng.normal(size=(E, D)) * 0.7 for k in ("Wq", "Wk", "Wv")}


def attend(p):
    q, k, v = (np.einsum("bse,ed->bsd", tokens, p[n]) for n in ("Wq", "Wk", "Wv"))
    sc = np.einsum("bsd,btd->bst", q, k) / np.sqrt(D)
    w = np.exp(sc - sc.max(axis=-1, keepdims=True))
    w = w / w.sum(axis=-1, keepdims=True)
    return q, k, v, w, np.einsum("bst,btd->bsd", w, v)


def loss(p):
    return 0.5 * np.sum((attend(p)[-1] - want) ** 2) / B


def gradients(p):
    q, k, v, w, o = attend(p)
    do = (o - want) / B
    dv = np.einsum("bst,bsd->btd", w, do)
    dw = np.einsum("bsd,btd->bst", do, v)
    ds = w * (dw - (dw * w).sum(axis=-1, keepdims=True))
    dq = np.einsum("bst,btd->bsd", ds, k) / np.sqrt(D)
    dk = np.einsum("bst,bsd->btd", ds, q)  # fault: 1/sqrt(d) missing | right: dk = np.einsum("bst,bsd->btd", ds, q) / np.sqrt(D)
    return {"d" + n: np.einsum("bse,bsd->ed", tokens, g) for n, g in (("Wq", dq), ("Wk", dk), ("Wv", dv))}
