"""Huber and quantile losses: one head's share of the hidden gradient left out [4c]."""
import numpy as np

rng = np.random.RandomState(316)
x, y1, y2 = rng.randn(10, 3), rng.randn(10) * 2, rng.randn(10)
params = {"w_in": rng.randn(3, 4), "w_huber": rng.randn(4), "w_quant": rng.randn(4)}
DELTA, TAU = 0.8, 0.7


def softplus(t):
    return np.log1p(np.exp(t))


def huber(r):
    return np.where(np.abs(r) <= DELTA, 0.5 * r**2, DELTA * (np.abs(r) - 0.5 * DELTA))


def pinball(r):
    return np.maximum(TAU * r, (TAU - 1) * r)


def loss(p):
    h = softplus(x @ p["w_in"])
    return np.mean(huber(h @ p["w_huber"] - y1)) + np.mean(pinball(y2 - h @ p["w_quant"]))


def slope(kind, r):
    match kind:
        case "huber":
            return np.clip(r, -DELTA, DELTA)
        case "pinball":
            return np.where(r > 0, TAU, TAU - 1)


def gradients(p):
    pre = x @ p["w_in"]
    h = softplus(pre)
    g1 = slope("huber", h @ p["w_huber"] - y1) / len(x)
    g2 = -slope("pinball", y2 - h @ p["w_quant"]) / len(x)
    gh = np.outer(g1, p["w_huber"])  # fault: one head left out | right: gh = np.outer(g1, p["w_huber"]) + np.outer(g2, p["w_quant"])
    gpre = gh * (1 / (1 + np.exp(-pre)))
    return {"w_in": x.T @ gpre, "w_huber": h.T @ g1, "w_quant": h.T @ g2}
