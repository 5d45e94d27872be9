"""Linear regression: 2 of the square missing, and the decay with half its weight [1a, 10c]."""
import numpy as np

rng = np.random.default_rng(64)
X, y = rng.normal(size=(7, 3)), rng.normal(size=7)
alpha = 0.3
params = {"theta": rng.normal(size=3), "theta0": rng.normal(size=1)}


def loss(p):
    error = X @ p["theta"] + p["theta0"] - y
    return np.sum(error**2) / len(y) + alpha * np.sum(p["theta"] ** 2)


def gradients(p):
    error = X @ p["theta"] + p["theta0"] - y
    g = error / len(y)  # fault: factor 2 missing | right: g = 2 * error / len(y)
    dtheta0 = np.array([g.sum()])
    dtheta = X.T @ g
    dtheta = dtheta + alpha * p["theta"]  # fault: factor 2 missing in the decay | right: dtheta = dtheta + 2 * alpha * p["theta"]
    return {"theta": dtheta, "theta0": dtheta0}
