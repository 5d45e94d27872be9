"""Rows, layer norm with the compact formula."""
import numpy as np

rng = np.random.default_rng(117)
tokens, goal = rng.normal(size=(5, 3)), rng.normal(size=(5, 4))
params = {"w": rng.normal(size=(3, 4)), "gain": rng.normal(size=4), "bias": rng.normal(size=4)}


class LayerNorm:
    def forward(self, v, gain, bias):
        self.gain = gain
        self.inv = 1 / np.sqrt(v.var(axis=1, keepdims=True) + 1e-5)
        self.norm = (v - v.mean(axis=1, keepdims=True)) * self.inv
        return gain * self.norm + bias

    def backward(self, dout):
        self.dgain = (dout * self.norm).sum(axis=0)
        self.dbias = dout.sum(axis=0)
        dnorm = dout * self.gain
        return self.inv * (dnorm - dnorm.mean(axis=1, keepdims=True) - self.norm * (dnorm * self.norm).mean(axis=1, keepdims=True))


def loss(params):
    out = LayerNorm().forward(tokens @ params["w"], params["gain"], params["bias"])
    return 0.5 * np.sum((out - goal) ** 2)


def gradients(params):
    ln = LayerNorm()
    out = ln.forward(tokens @ params["w"], params["gain"], params["bias"])
    dv = ln.backward(out - goal)
    return {"dw": tokens.T @ dv, "dgain": ln.dgain, "dbias": ln.dbias}
