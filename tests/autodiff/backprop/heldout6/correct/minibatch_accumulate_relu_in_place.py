"""Gradients gathered over minibatches, buffers zeroed once per epoch; relu masked in place, decay in loss and gradient."""
import numpy as np


class Net:
    def __init__(self, p, reg):
        self.p, self.reg = p, reg
        self.g = {k: np.empty_like(v) for k, v in p.items()}

    def zero_grad(self):
        for v in self.g.values():
            v[...] = 0

    def forward(self, xb):
        p = self.p
        self.xb = xb
        self.z = xb @ p["W1"]
        self.z += p["b1"]
        self.hid = self.z.clip(min=0)
        scores = self.hid @ p["W2"] + p["b2"]
        scores -= scores.max(axis=1)[:, None]
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1)[:, None]
        self.probs = scores
        return self.probs

    def backward(self, yb, n_total):
        d = self.probs            # reuses the buffer
        d[np.arange(len(yb)), yb] -= 1
        d /= n_total
        self.g["W2"] += self.hid.T @ d
        self.g["b2"] += d.sum(axis=0)
        dh = d @ self.p["W2"].T
        dh[self.hid <= 0] = 0
        self.g["W1"] += self.xb.T @ dh
        self.g["b1"] += dh.sum(axis=0)

    def finish(self):
        for k in ("W1", "W2"):
            self.g[k] += self.reg * self.p[k]
        return self.g


np.random.seed(59)
X = np.random.randn(9, 4)
y = np.random.randint(0, 3, 9)
params = {"W1": np.random.randn(4, 6), "b1": np.random.randn(6) * 0.3, "W2": np.random.randn(6, 3), "b2": np.random.randn(3) * 0.3}
REG = 0.05


def loss(p):
    net = Net(p, REG)
    data_loss = -np.log(net.forward(X)[np.arange(9), y]).mean()
    return data_loss + 0.5 * REG * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] * p["W2"]))


def gradients(p):
    net = Net(p, REG)
    net.zero_grad()
    for start in range(0, len(X), 4):
        rows = slice(start, start + 4)
        net.forward(X[rows])
        net.backward(y[rows], len(X))
    return net.finish()
