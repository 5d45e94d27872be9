"""Four samples, four hidden, four outputs: star where a dot belongs, and a bias summed the wrong way [2c, 6c, 10c]."""
import numpy as np

np.random.seed(44)
inputs = np.random.randn(2, 4)             # a column is a sample
targets = np.eye(4)[:, [3, 1, 0, 2]]
params = {"w1": np.random.randn(4, 2), "b1": np.random.randn(4, 1) * .1, "w2": np.random.randn(4, 4), "b2": np.random.randn(4, 1) * .1}


class Brain:
    def __init__(self, p):
        self.w1, self.b1 = p["w1"].copy(), p["b1"].copy()
        self.w2, self.b2 = p["w2"].copy(), p["b2"].copy()

    def think(self, x):
        self.x = x
        self.hidden = 1 / (1 + np.exp(-(np.dot(self.w1, x) + self.b1)))
        self.guess = np.dot(self.w2, self.hidden) + self.b2
        return self.guess

    def cost(self, t):
        return ((self.guess - t) ** 2).sum() / 2

    def learn(self, t, rate):
        out_delta = self.guess - t
        hid_error = self.w2.T * out_delta  # fault: element-wise product | right: hid_error = self.w2.T.dot(out_delta)
        hid_delta = hid_error * self.hidden * (1 - self.hidden)
        self.w2 -= rate * np.dot(out_delta, self.hidden.T)
        self.b2 -= rate * out_delta.sum(axis=1).reshape(-1, 1)
        self.w1 -= rate * np.dot(hid_delta, self.x.T)
        self.b1 -= rate * hid_delta.sum(axis=0).reshape(-1, 1)  # fault: summed over the units, one number per sample | right: self.b1 -= rate * hid_delta.sum(axis=1).reshape(-1, 1)


def loss(p):
    brain = Brain(p)
    brain.think(inputs)
    return brain.cost(targets)


def gradients(p):
    rate = 0.05
    brain = Brain(p)
    brain.think(inputs)
    brain.learn(targets, rate)
    return {k: (v - getattr(brain, k)) / rate for k, v in p.items()}
