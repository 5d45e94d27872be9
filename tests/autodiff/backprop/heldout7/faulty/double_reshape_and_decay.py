"""Regression with weight decay in a dict comprehension style: reshape for .T, last layer's decay dropped [6b, 9c, 10c]."""
import numpy as np

rng = np.random.default_rng(66)
A = rng.normal(size=(8, 3))
B = rng.normal(size=(8, 2))
lam = 0.3
params = {"in": rng.normal(size=(3, 6)) * 0.5, "mid": rng.normal(size=(6, 4)) * 0.5, "out": rng.normal(size=(4, 2)) * 0.5}


def elu(z):
    return np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)


def elu_d(z):
    return np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))


def forward(w):
    z = {"in": A @ w["in"]}
    z["mid"] = elu(z["in"]) @ w["mid"]
    z["out"] = elu(z["mid"]) @ w["out"]
    return z


def loss(w):
    z = forward(w)
    data_term = np.mean(np.sum((z["out"] - B) ** 2, axis=1))
    return data_term + lam * sum(np.sum(v ** 2) for v in w.values())


def gradients(w):
    z = forward(w)
    d = {"out": 2 * (z["out"] - B) / A.shape[0]}
    d["mid"] = elu_d(z["mid"]) * (d["out"] @ w["out"].T)
    back = d["mid"] @ w["mid"].reshape(4, 6)  # fault: reshape is no transpose | right: back = d["mid"] @ w["mid"].T
    d["in"] = elu_d(z["in"]) * back
    decay = {k: 2 * lam * v for k, v in w.items()}
    g = {}
    g["in"] = A.T @ d["in"] + decay["in"]
    g["mid"] = elu(z["in"]).T @ d["mid"] + decay["mid"]
    g["out"] = elu(z["mid"]).T @ d["out"]  # fault: decay left out | right: g["out"] = elu(z["mid"]).T @ d["out"] + decay["out"]
    return g
