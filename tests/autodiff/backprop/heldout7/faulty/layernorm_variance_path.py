"""Layer norm block, backward by hand, forgets the way through the variance [4c]."""
import numpy as np

rng = np.random.default_rng(4)
x = rng.standard_normal((5, 6))
t = rng.standard_normal((5, 2))
params = {"W": rng.standard_normal((6, 4)), "g": 1 + 0.2 * rng.standard_normal(4),
          "be": 0.1 * rng.standard_normal(4), "V": rng.standard_normal((4, 2))}
EPS = 1e-5


def ln_forward(h, g, be):
    mu = h.mean(-1, keepdims=True)
    hc = h - mu
    var = (hc ** 2).mean(-1, keepdims=True)
    istd = 1 / np.sqrt(var + EPS)
    xhat = hc * istd
    return g * xhat + be, (hc, istd, xhat, g)


def ln_backward(dout, cache):
    hc, istd, xhat, g = cache
    n = hc.shape[-1]
    dg = (dout * xhat).sum(0)
    dbe = dout.sum(0)
    dxhat = dout * g
    distd = (dxhat * hc).sum(-1, keepdims=True)
    dvar = -0.5 * istd ** 3 * distd
    dhc = dxhat * istd  # fault: the way through the variance left out | right: dhc = dxhat * istd + 2 * hc * dvar / n
    dh = dhc - dhc.mean(-1, keepdims=True)
    return dh, dg, dbe


def forward(p):
    h = x @ p["W"]
    u, cache = ln_forward(h, p["g"], p["be"])
    return u, np.tanh(u) @ p["V"], cache


def loss(p):
    return np.mean((forward(p)[1] - t) ** 2)


def gradients(p):
    u, out, cache = forward(p)
    dout = 2 * (out - t) / t.size
    th = np.tanh(u)
    gV = th.T @ dout
    du = (dout @ p["V"].T) * (1 - th * th)
    dh, gg, gbe = ln_backward(du, cache)
    return {"W": x.T @ dh, "g": gg, "be": gbe, "V": gV}
