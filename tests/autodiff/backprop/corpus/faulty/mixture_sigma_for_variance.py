"""A mixture's likelihood: the deviation in place of the variance [5a]."""
import numpy as np

rng = np.random.default_rng(310)
points = rng.normal(size=(8, 2))
params = {"mu": rng.normal(size=(3, 2)), "log_sigma": 0.3 * rng.normal(size=3), "logits": rng.normal(size=3)}


def logsumexp(a, axis):
    top = a.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(a - top).sum(axis=axis))


def joint(p):
    diff = points[:, None, :] - p["mu"][None]
    sq = (diff**2).sum(-1)
    log_pi = p["logits"] - logsumexp(p["logits"], 0)
    return diff, sq, log_pi - 2 * p["log_sigma"] - 0.5 * sq / np.exp(2 * p["log_sigma"])


def loss(p):
    return -logsumexp(joint(p)[-1], 1).sum()


def gradients(p):
    diff, sq, lp = joint(p)
    resp = np.exp(lp - logsumexp(lp, 1)[:, None])
    var = np.exp(2 * p["log_sigma"])
    pi = np.exp(p["logits"] - logsumexp(p["logits"], 0))
    d_mu = -(resp[:, :, None] * diff).sum(0) / np.sqrt(var)[:, None]  # fault: deviation for variance | right: d_mu = -(resp[:, :, None] * diff).sum(0) / var[:, None]
    d_ls = (resp * (2 - sq / var)).sum(0)
    d_logits = len(points) * pi - resp.sum(0)
    return {"mu": d_mu, "log_sigma": d_ls, "logits": d_logits}
