"""Poisson regression by a generator of pairs."""
import numpy as np

rng = np.random.default_rng(314)
design, counts = rng.normal(size=(8, 3)) * 0.5, rng.poisson(2.0, size=8)
params = {"beta": rng.normal(size=3) * 0.3, "intercept": np.array(0.4)}


def loss(p):
    eta = design @ p["beta"] + p["intercept"]
    return np.mean(np.exp(eta) - counts * eta)


def score(p):
    resid = np.exp(design @ p["beta"] + p["intercept"]) - counts
    yield "beta", resid @ design / len(counts)
    yield "intercept", resid.mean()


def gradients(p):
    return dict(score(p))
