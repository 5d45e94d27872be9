"""Autoencoder with tied weights and weight decay, both ways into W are added."""
import numpy as np


class TiedAutoencoder:
    def __init__(self, W, b, c, lam=0.02):
        self.W, self.b, self.c, self.lam = W, b, c, lam

    def forward(self, x):
        self.x = x
        self.h = 1 / (1 + np.exp(-(x @ self.W.T + self.b)))
        self.xhat = self.h @ self.W + self.c
        return self.xhat

    def loss(self):
        fit = np.sum((self.xhat - self.x) ** 2) / self.x.shape[0]
        return fit + self.lam / 2 * np.sum(self.W ** 2)

    def backward(self):
        n = self.x.shape[0]
        diff = self.xhat - self.x
        dW = diff.T @ self.h
        dh = diff @ self.W.T
        dh *= self.h
        dh *= 1 - self.h
        dW = dW.T + dh.T @ self.x
        dW *= 2 / n
        dW += self.lam * self.W
        return {"W": dW, "b": 2 / n * dh.sum(axis=0), "c": 2 * diff.mean(axis=0)}


rng = np.random.RandomState(66)
x = rng.rand(7, 5)
params = {"W": rng.randn(3, 5), "b": rng.randn(3), "c": rng.randn(5)}


def loss(p):
    ae = TiedAutoencoder(**p)
    ae.forward(x)
    return ae.loss()


def gradients(p):
    ae = TiedAutoencoder(**p)
    ae.forward(x)
    return ae.backward()
