"""Multi-label cross entropy from logits: sigmoid' on top of the shortcut, and the sum for a mean over labels [7b, 1b, 10c]."""
import numpy as np

gen = np.random.default_rng(235)
docs = gen.normal(size=(5, 4))
tags = (gen.random((5, 3)) < 0.4).astype(float)
params = {"w_hidden": gen.normal(size=(4, 6)), "w_tags": gen.normal(size=(6, 3)), "b_tags": gen.normal(size=3)}


def scores(p):
    hid = np.maximum(docs @ p["w_hidden"], 0)
    return hid, hid @ p["w_tags"] + p["b_tags"]


def loss(p):
    _, s = scores(p)
    return (np.logaddexp(0, s) - tags * s).mean()


def gradients(p):
    hid, s = scores(p)
    prob = 1 / (1 + np.exp(-s))
    ds = (prob - tags) * prob * (1 - prob) / tags.size  # fault: sigmoid' on top of the shortcut | right: ds = (prob - tags) / tags.size
    out = {"b_tags": ds.sum(axis=0), "w_tags": hid.T @ ds}
    dhid = ds @ p["w_tags"].T
    dhid[hid <= 0] = 0
    out["w_hidden"] = docs.T @ dhid * tags.size  # fault: 1/N taken out again | right: out["w_hidden"] = docs.T @ dhid
    return out
