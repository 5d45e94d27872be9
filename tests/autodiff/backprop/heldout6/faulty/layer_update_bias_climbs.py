"""Layers that update themselves with error = target - output; one of the steps goes uphill [10a]."""
import numpy as np


class Hidden:
    def __init__(self, w, b):
        self.w, self.b = w.copy(), b.copy()

    def forward(self, x):
        self.x = x
        self.h = np.tanh(x.dot(self.w) + self.b)
        return self.h

    def update(self, error, alpha):
        delta = error * (1 - self.h ** 2)
        self.w += alpha * self.x.T.dot(delta)
        self.b -= alpha * delta.sum(axis=0)  # fault: error is target - output, so the bias moves the wrong way | right: self.b += alpha * delta.sum(axis=0)


class Output:
    def __init__(self, w, b):
        self.w, self.b = w.copy(), b.copy()

    def forward(self, h):
        self.h = h
        return h.dot(self.w) + self.b

    def update(self, error, alpha):
        back = error.dot(self.w.T)
        self.w += alpha * self.h.T.dot(error)
        self.b += alpha * error.sum(axis=0)
        return back


np.random.seed(23)
X = np.random.randn(6, 2)
target = np.sin(X[:, :1]) + X[:, 1:]
params = {"wh": np.random.randn(2, 5), "bh": np.random.randn(5) * 0.3, "wo": np.random.randn(5, 1), "bo": np.random.randn(1)}
ALPHA = 0.01


def net(p):
    return Hidden(p["wh"], p["bh"]), Output(p["wo"], p["bo"])


def loss(p):
    hidden, output = net(p)
    return 0.5 * np.sum((target - output.forward(hidden.forward(X))) ** 2)


def gradients(p):
    hidden, output = net(p)
    error = target - output.forward(hidden.forward(X))
    hidden.update(output.update(error, ALPHA), ALPHA)
    new = {"wh": hidden.w, "bh": hidden.b, "wo": output.w, "bo": output.b}
    # what was subtracted, in units of alpha
    return {k: (p[k] - new[k]) / ALPHA for k in p}
