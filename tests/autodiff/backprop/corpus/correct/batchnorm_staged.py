"""Rows, batch norm in stages as on the well-known blog, names reused for halves of a sum."""
import numpy as np

rng = np.random.RandomState(116)
X, T = rng.randn(7, 3), rng.randn(7, 2)
params = {"W1": rng.randn(3, 4), "gamma": 1 + 0.3 * rng.randn(4), "beta": rng.randn(4), "W2": rng.randn(4, 2)}


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    N, D = x.shape
    mu = 1.0 / N * np.sum(x, axis=0)
    xmu = x - mu
    var = 1.0 / N * np.sum(xmu**2, axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    return gamma * xhat + beta, (xhat, gamma, xmu, ivar, sqrtvar, var, eps)


def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / (sqrtvar**2) * divar
    dvar = 0.5 * 1.0 / np.sqrt(var + eps) * dsqrtvar
    dsq = 1.0 / N * np.ones((N, D)) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = 1.0 / N * np.ones((N, D)) * dmu
    return dx1 + dx2, dgamma, dbeta


def forward(p):
    a, cache = batchnorm_forward(X @ p["W1"], p["gamma"], p["beta"])
    h = np.maximum(a, 0)
    return a, cache, h, h @ p["W2"]


def loss(p):
    return np.mean(np.square(forward(p)[-1] - T))


def gradients(p):
    a, cache, h, out = forward(p)
    dout = 2.0 * (out - T) / T.size
    dW2 = h.T @ dout
    da = (dout @ p["W2"].T) * (a > 0)
    dx, dgamma, dbeta = batchnorm_backward(da, cache)
    return {"W1": X.T @ dx, "gamma": dgamma, "beta": dbeta, "W2": dW2}
