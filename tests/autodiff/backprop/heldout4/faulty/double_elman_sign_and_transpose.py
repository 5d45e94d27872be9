"""Elman classifier on the last state: target minus prediction, and Whh goes back untransposed [6a, 10a, 10c]."""
import numpy as np

rng = np.random.default_rng(55)
sequence = rng.normal(size=(4, 2))     # T x input
label = 1


class ElmanRNN:
    def __init__(self, p):
        self.Wxh, self.Whh, self.Why, self.bh, self.by = p["Wxh"], p["Whh"], p["Why"], p["bh"], p["by"]

    def forward(self, seq):
        self.seq = seq
        self.last_hs = {0: np.zeros(len(self.bh))}
        for i, x in enumerate(seq):
            self.last_hs[i + 1] = np.tanh(self.Wxh @ x + self.Whh @ self.last_hs[i] + self.bh)
        y = self.Why @ self.last_hs[len(seq)] + self.by
        self.probs = np.exp(y) / np.exp(y).sum()
        return self.probs

    def backprop(self, label):
        n = len(self.seq)
        onehot = np.zeros(len(self.by))
        onehot[label] = 1
        d_y = onehot - self.probs  # fault: sign | right: d_y = self.probs - onehot
        d_Why = np.outer(d_y, self.last_hs[n])
        d_by = d_y
        d_Whh = np.zeros(self.Whh.shape)
        d_Wxh = np.zeros(self.Wxh.shape)
        d_bh = np.zeros(self.bh.shape)
        d_h = self.Why.T @ d_y
        for t in reversed(range(n)):
            temp = (1 - self.last_hs[t + 1] ** 2) * d_h
            d_bh += temp
            d_Whh += np.outer(temp, self.last_hs[t])
            d_Wxh += np.outer(temp, self.seq[t])
            d_h = self.Whh @ temp  # fault: transpose missing | right: d_h = self.Whh.T @ temp
        return {"dWxh": d_Wxh, "dWhh": d_Whh, "dWhy": d_Why, "dbh": d_bh, "dby": d_by}


def loss(p):
    return -np.log(ElmanRNN(p).forward(sequence)[label])


def gradients(p):
    rnn = ElmanRNN(p)
    rnn.forward(sequence)
    return rnn.backprop(label)


params = {
    "Wxh": rng.normal(size=(3, 2)),
    "Whh": rng.normal(size=(3, 3)) * 0.7,
    "Why": rng.normal(size=(2, 3)),
    "bh": rng.normal(size=3) * 0.2,
    "by": rng.normal(size=2) * 0.2,
}
