"""Batched many-to-one RNN cell, the output bias gets the whole batch instead of one row [2e]."""
import numpy as np


class RNN:
    def __init__(self, p):
        self.U, self.W, self.V = p["U"], p["W"], p["V"]
        self.bh, self.bo = p["bh"], p["bo"]

    def forward(self, x):
        # x: batch, time, features
        self.x = x
        self.h = [np.zeros((x.shape[0], self.W.shape[0]))]
        for t in range(x.shape[1]):
            self.h.append(np.tanh(x[:, t] @ self.U + self.h[-1] @ self.W + self.bh))
        return self.h[-1] @ self.V + self.bo

    def backward(self, d_out):
        g = {"U": np.zeros_like(self.U), "W": np.zeros_like(self.W), "bh": np.zeros_like(self.bh)}
        g["V"] = self.h[-1].T @ d_out
        g["bo"] = d_out  # fault: not summed over the batch | right: g["bo"] = d_out.sum(axis=0)
        d_h = d_out @ self.V.T
        for t in range(self.x.shape[1] - 1, -1, -1):
            d_raw = d_h * (1 - self.h[t + 1] ** 2)
            g["U"] += self.x[:, t].T @ d_raw
            g["W"] += self.h[t].T @ d_raw
            g["bh"] += d_raw.sum(axis=0)
            d_h = d_raw @ self.W.T
        return g


rng = np.random.RandomState(21)
seqs = rng.randn(4, 5, 2)
labels = seqs.sum(axis=1)[:, :1]
params = {
    "U": rng.randn(2, 4) * 0.4,
    "W": rng.randn(4, 4) * 0.4,
    "V": rng.randn(4, 1) * 0.4,
    "bh": rng.randn(4) * 0.1,
    "bo": rng.randn(1) * 0.1,
}


def loss(p):
    pred = RNN(p).forward(seqs)
    return np.mean((pred - labels) ** 2)


def gradients(p):
    rnn = RNN(p)
    pred = rnn.forward(seqs)
    return rnn.backward(2 * (pred - labels) / labels.size)
