"""Heteroscedastic regression, two heads: 1/2 missing in the mean's head, log-variance head detached [1a, 10b, 10c]."""
import numpy as np

gen = np.random.default_rng(239)
xx, yy = gen.normal(size=(8, 2)), gen.normal(size=(8, 1))
params = {"trunk": gen.normal(size=(2, 5)), "mean_head": gen.normal(size=(5, 1)), "logvar_head": gen.normal(size=(5, 1)) * 0.3}


def heads(p):
    feat = np.tanh(xx @ p["trunk"])
    return feat, feat @ p["mean_head"], feat @ p["logvar_head"]


def loss(p):
    _, mu, lv = heads(p)
    return np.sum(0.5 * lv + 0.5 * (yy - mu) ** 2 * np.exp(-lv))


def gradients(p):
    feat, mu, lv = heads(p)
    d_mu = -2 * (yy - mu) * np.exp(-lv)  # fault: the loss's 1/2 missing | right: d_mu = -(yy - mu) * np.exp(-lv)
    d_lv = 0.5 - 0.5 * (yy - mu) ** 2 * np.exp(-lv)
    d_feat = d_mu @ p["mean_head"].T + d_lv @ p["logvar_head"].T
    d_trunk = xx.T @ (d_feat * (1 - feat * feat))
    d_logvar_head = feat.T @ d_lv * 0  # fault: layer detached, zeros | right: d_logvar_head = feat.T @ d_lv
    return {"dtrunk": d_trunk, "dmean_head": feat.T @ d_mu, "dlogvar_head": d_logvar_head}
