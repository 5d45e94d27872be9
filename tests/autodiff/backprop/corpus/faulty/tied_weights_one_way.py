"""Autoencoder with tied weights: only the decoder's share of W's gradient [4c]."""
import numpy as np

rng = np.random.default_rng(85)
X = rng.normal(size=(6, 4))
params = {"W": rng.normal(size=(4, 3)) * 0.7, "b": rng.normal(size=3), "c": rng.normal(size=4)}


def forward(p):
    h = np.tanh(X @ p["W"] + p["b"])
    return h, h @ p["W"].T + p["c"]


def loss(p):
    _, recon = forward(p)
    return 0.5 * np.mean(np.sum((recon - X) ** 2, axis=1))


def gradients(p):
    h, recon = forward(p)
    drecon = (recon - X) / len(X)
    dc = drecon.sum(axis=0)
    dW_dec = drecon.T @ h
    dh = drecon @ p["W"]
    dz = dh * (1 - h**2)
    dW_enc = X.T @ dz
    db = dz.sum(axis=0)
    dW = dW_dec  # fault: the encoder's share missing | right: dW = dW_dec + dW_enc
    return {"dW": dW, "db": db, "dc": dc}
