"""Per-sample loop, lower case: the hidden bias reset in the loop, and the output's sigmoid' missing [9a, 4a, 10c]."""
import numpy as np

rng = np.random.default_rng(72)
inputs = rng.normal(size=(5, 2))
labels = rng.random(5)
params = {"w1": rng.normal(size=(3, 2)), "b1": rng.normal(size=3), "w2": rng.normal(size=3), "b2": rng.normal(size=())}


def sig(z):
    return 1 / (1 + np.exp(-z))


def loss(p):
    total = 0.0
    for x, y in zip(inputs, labels):
        a1 = sig(p["w1"] @ x + p["b1"])
        a2 = sig(p["w2"] @ a1 + p["b2"])
        total = total + 0.5 * (a2 - y) ** 2
    return total


def gradients(p):
    gw1, gb1 = np.zeros((3, 2)), np.zeros(3)
    gw2, gb2 = np.zeros(3), 0.0
    for x, y in zip(inputs, labels):
        a1 = sig(p["w1"] @ x + p["b1"])
        a2 = sig(p["w2"] @ a1 + p["b2"])
        d2 = a2 - y  # fault: sigmoid' left out | right: d2 = (a2 - y) * a2 * (1 - a2)
        gw2 += d2 * a1
        gb2 += d2
        d1 = d2 * p["w2"] * a1 * (1 - a1)
        gw1 += np.outer(d1, x)
        gb1 = d1  # fault: overwritten, not summed over the samples | right: gb1 = gb1 + d1
    return {"w1": gw1, "b1": gb1, "w2": gw2, "b2": np.array(gb2)}
