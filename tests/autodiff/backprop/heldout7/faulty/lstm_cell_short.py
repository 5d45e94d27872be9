"""LSTM over a short sequence, one sample; tanh's slope at the cell taken at c itself [3a]."""
import numpy as np

np.random.seed(14)
T, nx, nh = 4, 2, 3
seq = np.random.randn(T, nx)
goal = np.random.randn(nh) * 0.5
params = {"W": np.random.randn(4 * nh, nx + nh) * 0.5, "b": np.random.randn(4 * nh) * 0.3}


def sg(a):
    return 1.0 / (1.0 + np.exp(-a))


def lstm_forward(W, b):
    h, c = np.zeros(nh), np.zeros(nh)
    tape = []
    for t in range(T):
        zin = np.concatenate([seq[t], h])
        a = W @ zin + b
        i, f, o, g = sg(a[:nh]), sg(a[nh:2 * nh]), sg(a[2 * nh:3 * nh]), np.tanh(a[3 * nh:])
        c_prev = c
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        tape.append((zin, i, f, o, g, c_prev, c))
    return h, tape


def loss(params):
    h, _ = lstm_forward(params["W"], params["b"])
    return 0.5 * np.sum((h - goal) ** 2)


def gradients(params):
    W, b = params["W"], params["b"]
    h, tape = lstm_forward(W, b)
    dW, db = np.zeros_like(W), np.zeros_like(b)
    dh, dc = h - goal, np.zeros(nh)
    for zin, i, f, o, g, c_prev, c in reversed(tape):
        do = dh * np.tanh(c)
        dc = dc + dh * o * (1 - c ** 2)  # fault: tanh' from the cell before the tanh | right: dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        da = np.concatenate([dc * g * i * (1 - i),
                             dc * c_prev * f * (1 - f),
                             do * o * (1 - o),
                             dc * i * (1 - g ** 2)])
        dW += np.outer(da, zin)
        db += da
        dh = (W.T @ da)[nx:]
        dc = dc * f
    return {"dW": dW, "db": db}
