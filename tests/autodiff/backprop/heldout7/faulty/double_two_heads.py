"""Shared trunk with two heads: the class head's share is zeros, trunk's sigmoid' of the gradient [10b, 3c, 10c]."""
import numpy as np

rng = np.random.RandomState(35)
X = rng.randn(7, 4)
t_reg = rng.randn(7)
t_cls = rng.randint(3, size=7)
params = dict(trunk=rng.randn(4, 5) * 0.8, trunk_bias=rng.randn(5) * 0.2, reg=rng.randn(5) * 0.8, cls=rng.randn(5, 3) * 0.8)
mix = 0.6


def act(z, deriv=False):
    s = 1 / (1 + np.exp(-z))
    if deriv:
        return s * (1 - s)
    return s


def heads(p):
    z = X @ p["trunk"] + p["trunk_bias"]
    f = act(z)
    logits = f @ p["cls"]
    e = np.exp(logits - logits.max(axis=1)[:, None])
    return z, f, f @ p["reg"], e / e.sum(axis=1)[:, None]


def loss(p):
    z, f, r, q = heads(p)
    return mix * np.mean((r - t_reg) ** 2) - (1 - mix) * np.mean(np.log(q[np.arange(7), t_cls]))


def gradients(p):
    z, f, r, q = heads(p)
    d_r = mix * 2 * (r - t_reg) / 7
    d_q = (1 - mix) * (q - np.eye(3)[t_cls]) / 7
    g_reg = f.T @ d_r
    g_cls = f.T @ d_q
    from_reg = np.outer(d_r, p["reg"])
    from_cls = np.zeros_like(f)  # fault: head detached | right: from_cls = d_q @ p["cls"].T
    d_f = from_reg + from_cls
    d_z = d_f * act(d_f, deriv=True)  # fault: slope at the gradient | right: d_z = d_f * act(z, deriv=True)
    return dict(trunk=X.T @ d_z, trunk_bias=d_z.sum(axis=0), reg=g_reg, cls=g_cls)
