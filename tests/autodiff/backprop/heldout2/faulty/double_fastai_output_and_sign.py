"""Modules with .g in a list, square layers: out where inp belongs, and Mse differenced the other way [5d, 10a, 10c]."""
import numpy as np

rng = np.random.default_rng(9)
x_valid = rng.normal(size=(5, 4))
y_valid = rng.normal(size=(5, 4))
params = {"w1": rng.normal(size=(4, 4)) * 0.6, "b1": rng.normal(size=4), "w2": rng.normal(size=(4, 4)) * 0.6}


class Module:
    def __call__(self, *args):
        self.args = args
        self.out = self.forward(*args)
        return self.out

    def backward(self, g):
        return self.bwd(g, *self.args)


class Softplus(Module):
    def forward(self, inp):
        return np.logaddexp(0, inp)

    def bwd(self, g, inp):
        return g / (1 + np.exp(-inp))


class Linear(Module):
    def __init__(self, w, b=None):
        self.w, self.b = w, b

    def forward(self, inp):
        return inp @ self.w if self.b is None else inp @ self.w + self.b

    def bwd(self, g, inp):
        self.w_g = self.out.T @ g  # fault: the output where the input belongs | right: self.w_g = inp.T @ g
        if self.b is not None:
            self.b_g = g.sum(0)
        return g @ self.w.T


class Mse(Module):
    def forward(self, inp, targ):
        return np.square(inp - targ).mean()

    def bwd(self, g, inp, targ):
        return g * 2 * (targ - inp) / targ.size  # fault: sign flipped | right: return g * 2 * (inp - targ) / targ.size


def model(p):
    return [Linear(p["w1"], p["b1"]), Softplus(), Linear(p["w2"])], Mse()


def loss(p):
    layers, mse = model(p)
    x = x_valid
    for l in layers:
        x = l(x)
    return mse(x, y_valid)


def gradients(p):
    layers, mse = model(p)
    x = x_valid
    for l in layers:
        x = l(x)
    mse(x, y_valid)
    g = mse.backward(1.0)
    for l in layers[::-1]:
        g = l.backward(g)
    return {"w1": layers[0].w_g, "b1": layers[0].b_g, "w2": layers[2].w_g}
