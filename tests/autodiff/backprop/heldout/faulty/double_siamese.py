"""Siamese pair with shared weights: only one branch's share, and the distance's 2 missing [4c, 1a, 10c]."""
import numpy as np

rng = np.random.RandomState(240)
left_in, right_in = rng.randn(6, 3), rng.randn(6, 3)
same = np.array([1.0, 0, 1, 1, 0, 0])
params = {"shared_w": rng.randn(3, 4), "thr": np.array(0.8)}


def distance(p):
    l, r = np.tanh(left_in @ p["shared_w"]), np.tanh(right_in @ p["shared_w"])
    return l, r, np.sum((l - r) ** 2, axis=1)


def loss(p):
    *_, d2 = distance(p)
    z = p["thr"] - d2
    return np.mean(np.logaddexp(0, z) - same * z)


def gradients(p):
    l, r, d2 = distance(p)
    z = p["thr"] - d2
    dz = (1 / (1 + np.exp(-z)) - same) / len(same)
    dthr = dz.sum()
    dd2 = -dz[:, None]
    dl = dd2 * (l - r)  # fault: factor 2 missing | right: dl = 2 * dd2 * (l - r)
    dr = -dl
    left_share = left_in.T @ (dl * (1 - l**2))
    right_share = right_in.T @ (dr * (1 - r**2))
    dshared = left_share  # fault: the right branch's share missing | right: dshared = left_share + right_share
    return {"shared_w": dshared, "thr": dthr}
