"""Triplets with a shared linear embedding and a margin; hinge by mask."""
import numpy as np

rng = np.random.default_rng(315)
anchor, positive, negative = rng.normal(size=(3, 6, 4))
params = {"E": rng.normal(size=(4, 3)), "shift": rng.normal(size=(4,))}
margin = 1.0


def embed(x, p):
    return (x + p["shift"] ** 2) @ p["E"]


def loss(p):
    a, q, n = (embed(x, p) for x in (anchor, positive, negative))
    gap = ((a - q) ** 2).sum(1) - ((a - n) ** 2).sum(1) + margin + 0.1 * (a**2).sum(1)
    return np.maximum(gap, 0).mean()


def gradients(p):
    a, q, n = (embed(x, p) for x in (anchor, positive, negative))
    gap = ((a - q) ** 2).sum(1) - ((a - n) ** 2).sum(1) + margin + 0.1 * (a**2).sum(1)
    active = (gap > 0)[:, None] / len(gap)
    g_a = active * (2 * (a - q) - 2 * (a - n) + 0.2 * a)
    g_q = active * 2 * (q - a)
    g_n = active * 2 * (a - n)
    grads = {"E": 0.0, "shift": 0.0}
    for x, g in ((anchor, g_a), (positive, g_q), (negative, g_n)):
        grads["E"] = grads["E"] + (x + p["shift"] ** 2).T @ g
        grads["shift"] = grads["shift"] + (g @ p["E"].T).sum(0) * 2 * p["shift"]
    return grads
