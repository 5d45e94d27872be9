"""Heteroscedastic regression, two heads on one trunk: 1/2 taken out of both deltas and put into the products."""
import numpy as np

gen = np.random.default_rng(319)
xx, yy = gen.normal(size=(8, 2)), gen.normal(size=(8, 1))
params = {"trunk": gen.normal(size=(2, 5)), "mean_head": gen.normal(size=(5, 1)), "logvar_head": gen.normal(size=(5, 1)) * 0.3}


def heads(p):
    feat = np.tanh(xx @ p["trunk"])
    return feat, feat @ p["mean_head"], feat @ p["logvar_head"]


def loss(p):
    _, mu, lv = heads(p)
    return 0.5 * np.mean(lv + (yy - mu) ** 2 / np.exp(lv))


def gradients(p):
    feat, mu, lv = heads(p)
    prec = np.exp(-lv)
    dmu = -2 * (yy - mu) * prec
    dlv = 1 - (yy - mu) ** 2 * prec
    dfeat = dmu @ p["mean_head"].T + dlv @ p["logvar_head"].T
    dfeat *= 1 - feat**2
    half = 0.5 / len(yy)
    return {"dtrunk": half * xx.T @ dfeat, "dmean_head": half * feat.T @ dmu, "dlogvar_head": half * feat.T @ dlv}
