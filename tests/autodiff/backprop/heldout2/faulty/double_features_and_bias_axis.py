"""Short names, rows, as many samples as hidden units: divided by features, and gb1 over axis 1 [1d, 2c, 10c]."""
import numpy as np

r = np.random.RandomState(50)
x = r.randn(5, 3)
t = r.randn(5, 2)
params = {"w1": r.randn(3, 5), "b1": r.randn(5), "w2": r.randn(5, 2), "b2": r.randn(2)}


def f(p):
    z = x @ p["w1"] + p["b1"]
    h = np.arctan(z)
    return z, h, h @ p["w2"] + p["b2"]


def loss(p):
    o = f(p)[2]
    return ((o - t) ** 2).sum() / len(x)


def gradients(p):
    z, h, o = f(p)
    go = 2 * (o - t) / t.shape[1]  # fault: features counted for samples | right: go = 2 * (o - t) / t.shape[0]
    gw2 = h.T @ go
    gb2 = go.sum(0)
    gh = go @ p["w2"].T
    gz = gh / (1 + z**2)
    gw1 = x.T @ gz
    gb1 = gz.sum(1)  # fault: sum over the wrong axis | right: gb1 = gz.sum(0)
    return {"w1": gw1, "b1": gb1, "w2": gw2, "b2": gb2}
