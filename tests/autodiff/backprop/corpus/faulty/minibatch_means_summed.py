"""Loop over mini-batches: gradients of each batch are means, the sum of means is taken for the mean [1b]."""
import numpy as np

rng = np.random.default_rng(83)
X, Y = rng.normal(size=(8, 3)), rng.normal(size=(8, 1))
params = {"w": rng.normal(size=(3, 1)), "b": rng.normal(size=(1, 1))}


def loss(p):
    return np.mean((X @ p["w"] + p["b"] - Y) ** 2) / 2


def gradients(p):
    dw, db = np.zeros((3, 1)), np.zeros((1, 1))
    for k in range(0, 8, 4):
        xb, yb = X[k : k + 4], Y[k : k + 4]
        err = (xb @ p["w"] + p["b"] - yb) / 4  # fault: mean over the mini-batch, not over all samples | right: err = (xb @ p["w"] + p["b"] - yb) / 8
        dw += xb.T @ err
        db += err.sum(axis=0, keepdims=True)
    return {"w": dw, "b": db}
