"""Rows, batch norm step by step: the path through the mean is left out [4c]."""
import numpy as np

rng = np.random.default_rng(42)
x, t = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
eps = 1e-5
params = {"W1": rng.normal(size=(3, 4)), "gamma": rng.normal(size=4) + 1, "beta": rng.normal(size=4), "W2": rng.normal(size=(4, 2))}


def batchnorm_forward(x, gamma, beta):
    mu = x.mean(axis=0)
    xmu = x - mu
    var = (xmu**2).mean(axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    return gamma * xhat + beta, (xhat, xmu, ivar, sqrtvar, var)


def batchnorm_backward(dout, gamma, cache):
    xhat, xmu, ivar, sqrtvar, var = cache
    N = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    divar = (dxhat * xmu).sum(axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / sqrtvar**2 * divar
    dvar = 0.5 / np.sqrt(var + eps) * dsqrtvar
    dsq = np.ones_like(dout) / N * dvar
    dxmu2 = 2 * xmu * dsq
    dx = dxmu1 + dxmu2  # fault: path through the mean left out | right: dx = dxmu1 + dxmu2 - (dxmu1 + dxmu2).sum(axis=0) / N
    return dx, dgamma, dbeta


def forward(p):
    a = x @ p["W1"]
    out, cache = batchnorm_forward(a, p["gamma"], p["beta"])
    h = np.maximum(0, out)
    return out, cache, h, h @ p["W2"]


def loss(p):
    return np.sum((forward(p)[-1] - t) ** 2) / 2


def gradients(p):
    out, cache, h, pred = forward(p)
    dpred = pred - t
    dW2 = h.T @ dpred
    dh = dpred @ p["W2"].T
    dout = dh * (out > 0)
    da, dgamma, dbeta = batchnorm_backward(dout, p["gamma"], cache)
    return {"W1": x.T @ da, "gamma": dgamma, "beta": dbeta, "W2": dW2}
