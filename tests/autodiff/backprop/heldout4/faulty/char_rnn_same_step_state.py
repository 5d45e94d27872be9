"""Next-letter RNN as a class, softmax per time step; the recurrent weights take the state of the same step [5d]."""
import numpy as np

LETTERS = "hello hole"
VOCAB = sorted(set(LETTERS))
ids = [VOCAB.index(c) for c in LETTERS]
K, UNITS = len(VOCAB), 3


class LetterRNN:
    def __init__(self, p):
        self.U, self.W, self.V = p["U"], p["W"], p["V"]
        self.b, self.c = p["b"], p["c"]

    def forward(self, seq):
        self.seq = seq
        self.states = np.zeros((len(seq), UNITS))
        self.probs = np.zeros((len(seq), K))
        s = np.full(UNITS, 0.1)
        self.start = s
        for t, ix in enumerate(seq):
            s = np.tanh(self.U[:, ix] + self.W @ s + self.b)
            scores = np.exp(self.V @ s + self.c)
            self.states[t] = s
            self.probs[t] = scores / scores.sum()
        return self.probs

    def bptt(self, nxt):
        g = {k: np.zeros_like(getattr(self, k)) for k in "UWVbc"}
        carried = np.zeros(UNITS)
        for t in range(len(self.seq) - 1, -1, -1):
            s = self.states[t]
            s_prev = self.states[t - 1] if t > 0 else self.start
            e = self.probs[t].copy()
            e[nxt[t]] -= 1
            g["V"] += np.outer(e, s)
            g["c"] += e
            ds = (self.V.T @ e + carried) * (1 - s ** 2)
            g["U"][:, self.seq[t]] += ds
            g["W"] += np.outer(ds, s)  # fault: the state before is the input | right: g["W"] += np.outer(ds, s_prev)
            g["b"] += ds
            carried = self.W.T @ ds
        return g


def loss(p):
    probs = LetterRNN(p).forward(ids[:-1])
    return -sum(np.log(probs[t, k]) for t, k in enumerate(ids[1:]))


def gradients(p):
    rnn = LetterRNN(p)
    rnn.forward(ids[:-1])
    return rnn.bptt(ids[1:])


np.random.seed(11)
params = {
    "U": np.random.randn(UNITS, K) * 0.5,
    "W": np.random.randn(UNITS, UNITS) * 0.5,
    "V": np.random.randn(K, UNITS) * 0.5,
    "b": np.random.randn(UNITS) * 0.1,
    "c": np.random.randn(K) * 0.1,
}
