"""Autoencoder with three weight matrices, the code's tanh derivative lacks the square [3d]."""
import numpy as np


class AutoEncoder:
    def __init__(self, p):
        self.We, self.be = p["We"], p["be"]
        self.Wc, self.bc = p["Wc"], p["bc"]
        self.Wd, self.bd = p["Wd"], p["bd"]

    def encode(self, x):
        self.x = x
        self.h = np.tanh(x.dot(self.We) + self.be)
        self.code = np.tanh(self.h.dot(self.Wc) + self.bc)
        return self.code

    def decode(self, code):
        self.rec = code.dot(self.Wd) + self.bd
        return self.rec

    def cost(self):
        return ((self.rec - self.x) ** 2).mean()

    def backward(self):
        d_rec = 2.0 * (self.rec - self.x) / self.x.size
        dWd = self.code.T.dot(d_rec)
        dbd = d_rec.sum(0)
        d_code = d_rec.dot(self.Wd.T) * (1 - self.code)  # fault: tanh' is 1 - code ** 2 | right: d_code = d_rec.dot(self.Wd.T) * (1 - self.code ** 2)
        dWc = self.h.T.dot(d_code)
        dbc = d_code.sum(0)
        d_h = d_code.dot(self.Wc.T) * (1 - self.h ** 2)
        dWe = self.x.T.dot(d_h)
        dbe = d_h.sum(0)
        return dict(dWe=dWe, dbe=dbe, dWc=dWc, dbc=dbc, dWd=dWd, dbd=dbd)


np.random.seed(77)
batch = np.random.rand(8, 6)
params = {
    "We": np.random.randn(6, 4) * 0.5, "be": np.random.randn(4) * 0.1,
    "Wc": np.random.randn(4, 2) * 0.5, "bc": np.random.randn(2) * 0.1,
    "Wd": np.random.randn(2, 6) * 0.5, "bd": np.random.randn(6) * 0.1,
}


def loss(p):
    ae = AutoEncoder(p)
    ae.decode(ae.encode(batch))
    return ae.cost()


def gradients(p):
    ae = AutoEncoder(p)
    ae.decode(ae.encode(batch))
    return ae.backward()
