"""Callable layers: relu's mask taken from the gradient that arrives [8a]."""
import numpy as np

rng = np.random.default_rng(302)
batch = rng.normal(size=(7, 4))
labels = rng.integers(0, 3, size=7)
params = {"w0": rng.normal(size=(4, 5)), "b0": rng.normal(size=5), "w1": rng.normal(size=(5, 3)), "b1": rng.normal(size=3)}


class Dense:
    def __init__(self, w, b, relu):
        self.w, self.b, self.relu = w, b, relu

    def __call__(self, x):
        self.x = x
        self.pre = x @ self.w + self.b
        return np.maximum(self.pre, 0) if self.relu else self.pre

    def grad(self, up):
        if self.relu:
            up = np.where(up > 0, up, 0)  # fault: mask of the gradient | right: up = np.where(self.pre > 0, up, 0)
        self.gw = self.x.T @ up
        self.gb = np.sum(up, axis=0)
        return up @ self.w.T


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def build(p):
    return [Dense(p[f"w{k}"], p[f"b{k}"], relu=k == 0) for k in range(2)]


def loss(p):
    x = batch
    for layer in build(p):
        x = layer(x)
    return -log_softmax(x)[np.arange(7), labels].mean()


def gradients(p):
    layers, x = build(p), batch
    for layer in layers:
        x = layer(x)
    up = np.exp(log_softmax(x))
    up[np.arange(7), labels] -= 1
    up /= len(labels)
    for layer in reversed(layers):
        up = layer.grad(up)
    return {f"{name}{k}": getattr(layer, "g" + name) for k, layer in enumerate(layers) for name in "wb"}
