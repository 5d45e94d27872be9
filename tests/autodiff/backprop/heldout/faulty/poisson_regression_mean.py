"""Poisson regression, one layer: exp's gradient right, the intercept a mean while the loss is a sum [2a]."""
import numpy as np

rng = np.random.default_rng(216)
design = rng.normal(size=(8, 2)) * 0.5
counts = rng.poisson(2.0, size=8)
params = {"beta": rng.normal(size=2) * 0.3, "intercept": np.array(0.4)}


def rate(p):
    return np.exp(design @ p["beta"] + p["intercept"])


def loss(p):
    mu = rate(p)
    return np.sum(mu - counts * np.log(mu))


def score(p):
    resid = rate(p) - counts
    yield "beta", design.T @ resid
    yield "intercept", np.mean(resid)  # fault: mean in place of sum | right: yield "intercept", np.sum(resid)


def gradients(p):
    return dict(score(p))
