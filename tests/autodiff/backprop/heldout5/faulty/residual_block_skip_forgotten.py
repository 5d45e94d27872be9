"""A small residual layer; on the way back the skip connection was forgotten [4c]."""
import numpy as np

rng = np.random.default_rng(33)
X = rng.standard_normal((6, 4))
T = rng.standard_normal((6, 1))
params = {
    "W1": rng.standard_normal((4, 3)), "b1": rng.standard_normal(3),
    "W2": rng.standard_normal((3, 3)), "b2": rng.standard_normal(3),
    "W3": rng.standard_normal((3, 1)), "b3": rng.standard_normal(1),
}


def forward(p):
    c = {}
    c["h1"] = np.tanh(X @ p["W1"] + p["b1"])
    c["r"] = np.tanh(c["h1"] @ p["W2"] + p["b2"])
    c["h2"] = c["h1"] + c["r"]          # skip connection
    c["out"] = c["h2"] @ p["W3"] + p["b3"]
    return c


def loss(p):
    return 0.5 * np.mean((forward(p)["out"] - T) ** 2)


def gradients(p):
    c = forward(p)
    g = {}
    d_out = (c["out"] - T) / len(X)
    g["W3"] = c["h2"].T @ d_out
    g["b3"] = d_out.sum(axis=0)
    d_h2 = d_out @ p["W3"].T

    d_r = d_h2 * (1 - c["r"] ** 2)
    g["W2"] = c["h1"].T @ d_r
    g["b2"] = d_r.sum(axis=0)

    d_h1 = d_r @ p["W2"].T  # fault: the skip's share left out | right: d_h1 = d_r @ p["W2"].T + d_h2
    d_z1 = d_h1 * (1 - c["h1"] ** 2)
    g["W1"] = X.T @ d_z1
    g["b1"] = d_z1.sum(axis=0)
    return g
