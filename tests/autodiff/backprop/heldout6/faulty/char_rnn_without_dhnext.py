"""Char-RNN class; the gradient that comes back from the next step is computed and never used [4c]."""
import numpy as np


class RNN:
    def __init__(self, p):
        self.Wxh, self.Whh, self.Why = p["Wxh"], p["Whh"], p["Why"]
        self.bh, self.by = p["bh"], p["by"]
        self.hidden_size = self.Whh.shape[0]
        self.vocab_size = self.Why.shape[0]

    def forward(self, inputs, targets):
        self.xs, self.hs, self.ps = {}, {}, {}
        self.hs[-1] = np.zeros((self.hidden_size, 1))
        loss = 0
        for t in range(len(inputs)):
            self.xs[t] = np.zeros((self.vocab_size, 1))
            self.xs[t][inputs[t]] = 1
            self.hs[t] = np.tanh(self.Wxh @ self.xs[t] + self.Whh @ self.hs[t - 1] + self.bh)
            y = self.Why @ self.hs[t] + self.by
            self.ps[t] = np.exp(y) / np.sum(np.exp(y))
            loss += -np.log(self.ps[t][targets[t], 0])
        return loss

    def backward(self, targets):
        dWxh, dWhh, dWhy = np.zeros_like(self.Wxh), np.zeros_like(self.Whh), np.zeros_like(self.Why)
        dbh, dby = np.zeros_like(self.bh), np.zeros_like(self.by)
        dhnext = np.zeros((self.hidden_size, 1))
        for t in reversed(range(len(targets))):
            dy = np.copy(self.ps[t])
            dy[targets[t]] -= 1
            dWhy += dy @ self.hs[t].T
            dby += dy
            dh = self.Why.T @ dy  # fault: the way through the next step is left out | right: dh = self.Why.T @ dy + dhnext
            dhraw = (1 - self.hs[t] * self.hs[t]) * dh
            dbh += dhraw
            dWxh += dhraw @ self.xs[t].T
            dWhh += dhraw @ self.hs[t - 1].T
            dhnext = self.Whh.T @ dhraw
        return {"dWxh": dWxh, "dWhh": dWhh, "dWhy": dWhy, "dbh": dbh, "dby": dby}


data = "hello hell"
chars = sorted(set(data))
ids = [chars.index(c) for c in data]
np.random.seed(7)
H, V = 4, len(chars)
params = {"Wxh": np.random.randn(H, V) * 0.5, "Whh": np.random.randn(H, H) * 0.5, "Why": np.random.randn(V, H) * 0.5,
          "bh": np.random.randn(H, 1) * 0.1, "by": np.random.randn(V, 1) * 0.1}


def loss(p):
    return RNN(p).forward(ids[:-1], ids[1:])


def gradients(p):
    rnn = RNN(p)
    rnn.forward(ids[:-1], ids[1:])
    return rnn.backward(ids[1:])
