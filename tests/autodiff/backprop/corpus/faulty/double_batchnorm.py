"""Batch norm in a closure: variance's path with n features, and beta's gradient over all axes [1d, 2b, 10c]."""
import numpy as np

rng = np.random.default_rng(93)
z, t = rng.normal(size=(7, 3)), rng.normal(size=(7, 4))
params = {"w": rng.normal(size=(3, 4)), "gamma": 0.5 + rng.random(4), "beta": rng.normal(size=4)}


def batchnorm(a, gamma, beta):
    mu, var = a.mean(axis=0), a.var(axis=0)
    inv = 1 / np.sqrt(var + 1e-5)
    xhat = (a - mu) * inv

    def backward(dy):
        dgamma = np.sum(dy * xhat, axis=0)
        dbeta = np.full_like(beta, np.sum(dy))  # fault: sum over all axes | right: dbeta = np.sum(dy, axis=0)
        dxhat = dy * gamma
        n = dy.shape[1]  # fault: features counted in place of samples | right: n = dy.shape[0]
        da = inv / n * (n * dxhat - dxhat.sum(axis=0) - xhat * np.sum(dxhat * xhat, axis=0))
        return da, dgamma, dbeta

    return gamma * xhat + beta, backward


def loss(p):
    y, _ = batchnorm(z @ p["w"], p["gamma"], p["beta"])
    return 0.5 * np.sum((np.tanh(y) - t) ** 2)


def gradients(p):
    y, backward = batchnorm(z @ p["w"], p["gamma"], p["beta"])
    h = np.tanh(y)
    da, dgamma, dbeta = backward((h - t) * (1 - h**2))
    return {"w": z.T @ da, "gamma": dgamma, "beta": dbeta}
