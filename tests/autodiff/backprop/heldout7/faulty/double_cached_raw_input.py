"""Layer caches its input before standardizing it, and decays the biases which the loss doesn't [5b, 9b, 10c]."""
import numpy as np

rng = np.random.default_rng(81)
raw = rng.normal(loc=2.0, scale=3.0, size=(9, 3))
cls = rng.integers(0, 2, size=(9, 1)).astype(float)
L2 = 0.1
params = {"k0": rng.normal(size=(3, 4)), "o0": rng.normal(size=(4,)), "k1": rng.normal(size=(4, 1)), "o1": rng.normal(size=(1,))}


class FirstLayer:
    def __init__(self, k, o):
        self.k, self.o = k, o

    def forward(self, x):
        x_std = (x - raw.mean(axis=0)) / raw.std(axis=0)
        self.saved = x  # fault: cached before standardizing | right: self.saved = x_std
        self.y = np.tanh(x_std @ self.k + self.o)
        return self.y

    def backward(self, dy):
        dpre = dy * (1 - self.y ** 2)
        return self.saved.T @ dpre, dpre.sum(axis=0)


class LogisticTop:
    def __init__(self, k, o):
        self.k, self.o = k, o

    def forward(self, x):
        self.saved = x
        self.y = 1 / (1 + np.exp(-(x @ self.k + self.o)))
        return self.y

    def backward(self, target):
        d = (self.y - target) / len(target)
        return self.saved.T @ d, d.sum(axis=0), d @ self.k.T


def loss(params):
    a, b = FirstLayer(params["k0"], params["o0"]), LogisticTop(params["k1"], params["o1"])
    p = b.forward(a.forward(raw))
    ce = -np.mean(cls * np.log(p) + (1 - cls) * np.log(1 - p))
    return ce + L2 / 2 * (np.sum(params["k0"] ** 2) + np.sum(params["k1"] ** 2))


def gradients(params):
    a, b = FirstLayer(params["k0"], params["o0"]), LogisticTop(params["k1"], params["o1"])
    b.forward(a.forward(raw))
    gk1, go1, dy = b.backward(cls)
    gk0, go0 = a.backward(dy)
    gk0 = gk0 + L2 * params["k0"]
    gk1 = gk1 + L2 * params["k1"]
    go0 = go0 + L2 * params["o0"]  # fault: decay that isn't in the loss | right: go0 = go0
    return {"k0": gk0, "o0": go0, "k1": gk1, "o1": go1}
