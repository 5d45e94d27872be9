"""Autoencoder with tied weights; the encoder's share of W's gradient is left out [4c]."""
import numpy as np

rng = np.random.default_rng(9)
V = rng.random((6, 5))
params = {"W": rng.normal(size=(5, 3)), "bh": rng.normal(size=3) * 0.1, "bv": rng.normal(size=5) * 0.1}


class TiedAE:
    def __init__(self, W, bh, bv):
        self.W, self.bh, self.bv = W, bh, bv

    @staticmethod
    def _s(u):
        return 1 / (1 + np.exp(-u))

    def encode(self, v):
        return self._s(v @ self.W + self.bh)

    def decode(self, h):
        return self._s(h @ self.W.T + self.bv)

    def cost(self, v):
        r = self.decode(self.encode(v))
        return -np.mean(np.sum(v * np.log(r) + (1 - v) * np.log(1 - r), axis=1))

    def grad(self, v):
        h = self.encode(v)
        r = self.decode(h)
        d_r = (r - v) / len(v)
        d_h = (d_r @ self.W) * h * (1 - h)
        g_dec = d_r.T @ h
        g_enc = v.T @ d_h
        g_W = g_dec  # fault: the encoder's share left out | right: g_W = g_dec + g_enc
        return g_W, d_h.sum(axis=0), d_r.sum(axis=0)


def loss(params):
    return TiedAE(**params).cost(V)


def gradients(params):
    W, bh, bv = TiedAE(**params).grad(V)
    return {"W_grad": W, "bh_grad": bh, "bv_grad": bv}
