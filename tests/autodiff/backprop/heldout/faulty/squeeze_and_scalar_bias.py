"""One hidden layer with a weight vector on top: hidden biases summed over all axes [2b]."""
import numpy as np

rng = np.random.RandomState(223)
A0 = rng.randn(7, 3)
lab = rng.choice([-1.0, 1.0], size=7)
params = {"U": rng.randn(3, 5), "c": rng.randn(5), "v": rng.randn(5), "d": np.array(0.3)}


def margin(p):
    H = np.tanh(A0 @ p["U"] + p["c"])
    return H, lab * (H @ p["v"] + p["d"])


def loss(p):
    _, mrg = margin(p)
    return np.mean(np.log(1 + np.exp(-mrg)))


def gradients(p):
    H, mrg = margin(p)
    dscore = -lab / (1 + np.exp(mrg)) / 7
    dv = H.T @ dscore
    dd = dscore.sum()
    dH = np.outer(dscore, p["v"])
    dpre = dH * (1 - H * H)
    dU = A0.T @ dpre
    dc = dpre.sum()  # fault: sum over all axes | right: dc = dpre.sum(axis=0)
    return {"U": dU, "c": dc, "v": dv, "d": dd}
