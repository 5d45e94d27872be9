"""Siamese pair with shared weights, both branches' shares added."""
import numpy as np

rng = np.random.RandomState(317)
left_in, right_in = rng.randn(6, 3), rng.randn(6, 3)
same = np.array([1.0, 0, 1, 1, 0, 0])
params = {"shared_w": rng.randn(3, 4), "thr": np.array(0.8)}


def branch(batch, w):
    out = np.tanh(batch @ w)
    return out, lambda grad: batch.T @ (grad * (1 - out**2))


def loss(p):
    l, _ = branch(left_in, p["shared_w"])
    r, _ = branch(right_in, p["shared_w"])
    z = p["thr"] - np.sum((l - r) ** 2, axis=1)
    return np.mean(np.log(1 + np.exp(z)) - same * z)


def gradients(p):
    l, back_l = branch(left_in, p["shared_w"])
    r, back_r = branch(right_in, p["shared_w"])
    z = p["thr"] - np.sum((l - r) ** 2, axis=1)
    dz = (1 / (1 + np.exp(-z)) - same) / len(same)
    gap = -2 * dz[:, None] * (l - r)
    return {"shared_w": back_l(gap) - back_r(gap), "thr": np.sum(dz)}
