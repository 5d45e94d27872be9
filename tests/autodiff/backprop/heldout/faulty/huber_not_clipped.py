"""Huber loss on a line, vectorised: the error isn't clipped beyond delta [7a]."""
import numpy as np

rng = np.random.RandomState(219)
t = rng.uniform(-2, 2, 8)
obs = 1.5 * t - 0.3 + np.array([0, 0.1, 4.0, -0.2, 0.05, -5.0, 0.3, 0.0])
DELTA = 1.0
params = {"slope": np.array([1.1]), "level": np.array([0.2])}


def loss(params):
    r = params["slope"] * t + params["level"] - obs
    a = np.abs(r)
    return np.mean(np.where(a <= DELTA, 0.5 * r**2, DELTA * (a - 0.5 * DELTA)))


def gradients(params):
    r = params["slope"] * t + params["level"] - obs
    psi = r / r.size  # fault: squared error's derivative under a Huber loss | right: psi = np.clip(r, -DELTA, DELTA) / r.size
    return {"slope": np.array([psi @ t]), "level": np.array([psi.sum()])}
