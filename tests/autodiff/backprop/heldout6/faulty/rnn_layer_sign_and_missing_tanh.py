"""RNN that reads a sequence and predicts one value: wrong sign for bh, tanh' missing on the last hidden state [4a, 10a, 10c]."""
import numpy as np

np.random.seed(19)
seqs = np.random.randn(5, 4, 2)             # samples, time, features
goal = np.random.randn(5, 1)
params = {"U": np.random.randn(2, 3) * 0.7, "V": np.random.randn(3, 3) * 0.5, "bh": np.random.randn(3) * 0.1,
          "w": np.random.randn(3, 4), "v": np.random.randn(4, 1), "c": np.random.randn(1)}


class RNNRegressor:
    def __init__(self, p):
        self.p = p

    def forward(self, X):
        p = self.p
        self.X = X
        self.states = [np.zeros((X.shape[0], 3))]
        for t in range(X.shape[1]):
            self.states.append(np.tanh(X[:, t] @ p["U"] + self.states[-1] @ p["V"] + p["bh"]))
        self.top = np.tanh(self.states[-1] @ p["w"])
        return self.top @ p["v"] + p["c"]

    def backward(self, dout):
        p = self.p
        g = {k: np.zeros_like(a) for k, a in p.items()}
        g["v"] += self.top.T @ dout
        g["c"] += dout.sum(axis=0)
        dtop = dout @ p["v"].T  # fault: the tanh of the top layer is left out | right: dtop = dout @ p["v"].T * (1 - self.top ** 2)
        g["w"] += self.states[-1].T @ dtop
        dstate = dtop @ p["w"].T
        for t in range(self.X.shape[1] - 1, -1, -1):
            da = dstate * (1 - self.states[t + 1] ** 2)
            g["U"] += self.X[:, t].T @ da
            g["V"] += self.states[t].T @ da
            g["bh"] -= da.sum(axis=0)  # fault: subtracted | right: g["bh"] += da.sum(axis=0)
            dstate = da @ p["V"].T
        return g


def loss(p):
    return 0.5 * np.mean((RNNRegressor(p).forward(seqs) - goal) ** 2)


def gradients(p):
    rnn = RNNRegressor(p)
    out = rnn.forward(seqs)
    return rnn.backward((out - goal) / len(goal))
