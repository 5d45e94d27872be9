"""Layer class with caches in self: db taken from dW in place of dout [2d]."""
import numpy as np

rng = np.random.default_rng(9)
X = rng.normal(size=(6, 4))
Y = rng.normal(size=(6, 2))
params = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=3), "W2": rng.normal(size=(3, 2)), "b2": rng.normal(size=2)}


class Dense:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = self.dW.sum(axis=0)  # fault: derived from dW in place of dZ | right: self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out**2)


def build(params):
    return [Dense(params["W1"], params["b1"]), Tanh(), Dense(params["W2"], params["b2"])]


def loss(params):
    out = X
    for layer in build(params):
        out = layer.forward(out)
    return ((out - Y) ** 2).mean()


def gradients(params):
    layers = build(params)
    out = X
    for layer in layers:
        out = layer.forward(out)
    dout = 2 * (out - Y) / Y.size
    for layer in reversed(layers):
        dout = layer.backward(dout)
    return {"dW1": layers[0].dW, "db1": layers[0].db, "dW2": layers[2].dW, "db2": layers[2].db}
