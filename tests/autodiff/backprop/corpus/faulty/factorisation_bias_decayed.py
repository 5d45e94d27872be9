"""Ratings from factors: the items' bias is decayed, the loss decays the users' alone [9b]."""
import numpy as np

rng = np.random.RandomState(309)
ratings = [(0, 1, 3.0), (0, 2, 5.0), (1, 0, 2.0), (2, 2, 4.0), (2, 1, 1.0), (3, 0, 4.0)]
params = {"P": rng.randn(4, 2), "Q": rng.randn(3, 2), "bu": rng.randn(4), "bi": rng.randn(3)}
reg = 0.1


def estimate(p, u, i):
    return 2.5 + p["bu"][u] + p["bi"][i] + p["P"][u] @ p["Q"][i]


def loss(p):
    return sum(
        (r - estimate(p, u, i)) ** 2 + reg * (np.sum(p["P"][u] ** 2) + np.sum(p["Q"][i] ** 2) + p["bu"][u] ** 2)
        for u, i, r in ratings
    )


def gradients(p):
    grads = {name: np.zeros(value.shape) for name, value in p.items()}
    for u, i, r in ratings:
        e = r - estimate(p, u, i)
        grads["bu"][u] += -2 * e + 2 * reg * p["bu"][u]
        grads["bi"][i] += -2 * e + 2 * reg * p["bi"][i]  # fault: a term not in the loss | right: grads["bi"][i] += -2 * e
        grads["P"][u] += -2 * e * p["Q"][i] + 2 * reg * p["P"][u]
        grads["Q"][i] += -2 * e * p["P"][u] + 2 * reg * p["Q"][i]
    return grads
