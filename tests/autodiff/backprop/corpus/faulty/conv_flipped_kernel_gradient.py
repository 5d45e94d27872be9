"""Two one-dimensional convolutions: the error goes back through the kernel unflipped [6a]."""
import numpy as np

rng = np.random.default_rng(46)
signals = rng.normal(size=(5, 8))
goal = rng.normal(size=(5, 4))
params = {"k1": rng.normal(size=3), "k2": rng.normal(size=3)}


def correlate(rows, k):
    return np.array([np.convolve(r, k[::-1], mode="valid") for r in rows])


def stack(rows, k):
    n = rows.shape[1] - 2
    return k[0] * rows[:, 0:n] + k[1] * rows[:, 1 : n + 1] + k[2] * rows[:, 2 : n + 2]


def loss(p):
    h = np.tanh(stack(signals, p["k1"]))
    out = stack(h, p["k2"])
    return np.mean((out - goal) ** 2)


def gradients(p):
    h = np.tanh(stack(signals, p["k1"]))
    out = stack(h, p["k2"])
    dout = 2 * (out - goal) / goal.size
    dk2 = np.array([np.sum(dout * h[:, s : s + 4]) for s in range(3)])
    padded = np.pad(dout, ((0, 0), (2, 2)))
    dh = correlate(padded, p["k2"])  # fault: kernel not flipped on the way back | right: dh = correlate(padded, p["k2"][::-1])
    dz = dh * (1 - h**2)
    dk1 = np.array([np.sum(dz * signals[:, s : s + 6]) for s in range(3)])
    return {"k1": dk1, "k2": dk2}
