"""An embedding's mean: rows tiled in place of repeated [6b]."""
import numpy as np

rng = np.random.default_rng(308)
docs = np.array([[0, 3, 3], [1, 2, 5], [4, 4, 4], [5, 0, 1]])
stars = np.array([0, 2, 1, 2])
params = {"emb": rng.normal(size=(6, 4)), "head": rng.normal(size=(4, 3)), "off": rng.normal(size=3)}


def probabilities(logits):
    logits = logits - np.max(logits, axis=1, keepdims=True)
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def scores(p):
    mean = np.take(p["emb"], docs, axis=0).mean(axis=1)
    return mean, mean @ p["head"] + p["off"]


def loss(p):
    _, logits = scores(p)
    return -np.log(probabilities(logits)[range(4), stars]).mean()


def gradients(p):
    mean, logits = scores(p)
    g = probabilities(logits) - np.eye(3)[stars]
    g *= 1 / len(docs)
    ghead, goff = mean.T @ g, g.sum(0)
    gmean = g @ p["head"].T / docs.shape[1]
    gemb = np.zeros_like(p["emb"])
    np.add.at(gemb, docs.ravel(), np.tile(gmean, (docs.shape[1], 1)))  # fault: tile in place of repeat | right: np.add.at(gemb, docs.ravel(), np.repeat(gmean, docs.shape[1], axis=0))
    return dict(emb=gemb, head=ghead, off=goff)
