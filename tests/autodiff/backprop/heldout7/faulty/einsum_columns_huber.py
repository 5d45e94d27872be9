"""Columns are samples, everything by einsum, Huber loss; indices of W2 in the wrong order [6a]."""
import numpy as np

rng = np.random.default_rng(21)
D, H, M = 3, 4, 9
X = rng.normal(size=(D, M))
Y = rng.normal(size=(H, M)) * 2
params = {
    "W1": rng.normal(size=(H, D)) * 0.5,
    "b1": rng.normal(size=(H, 1)) * 0.1,
    "W2": rng.normal(size=(H, H)) * 0.5,
    "b2": rng.normal(size=(H, 1)) * 0.1,
}
delta = 1.0


def softsign(z):
    return z / (1 + np.abs(z))


def fwd(p):
    z1 = np.einsum("hd,dm->hm", p["W1"], X) + p["b1"]
    a1 = softsign(z1)
    out = np.einsum("kh,hm->km", p["W2"], a1) + p["b2"]
    return z1, a1, out


def loss(p):
    _, _, out = fwd(p)
    r = np.abs(out - Y)
    return np.where(r <= delta, 0.5 * r ** 2, delta * (r - 0.5 * delta)).sum() / M


def gradients(p):
    z1, a1, out = fwd(p)
    g2 = np.clip(out - Y, -delta, delta) / M
    dW2 = np.einsum("km,hm->kh", g2, a1)
    db2 = np.einsum("km->k", g2)[:, None]
    ga = np.einsum("hk,km->hm", p["W2"], g2)  # fault: W2 not transposed | right: ga = np.einsum("kh,km->hm", p["W2"], g2)
    g1 = ga / (1 + np.abs(z1)) ** 2
    dW1 = np.einsum("hm,dm->hd", g1, X)
    db1 = np.einsum("hm->h", g1)[:, None]
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
