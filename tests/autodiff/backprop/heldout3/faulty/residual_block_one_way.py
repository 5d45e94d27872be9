"""Two-layer net with a skip connection: the way back through the skip is forgotten [4c]."""
import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(7, 3))
T = rng.normal(size=(7, 2))

params = {
    "Win": rng.normal(scale=0.7, size=(3, 4)),
    "Wr": rng.normal(scale=0.7, size=(4, 4)),
    "br": rng.normal(scale=0.1, size=4),
    "Wout": rng.normal(scale=0.7, size=(4, 2)),
}


def forward(p):
    h = np.tanh(X @ p["Win"])
    r = np.tanh(h @ p["Wr"] + p["br"])
    s = h + r  # skip
    out = s @ p["Wout"]
    return h, r, s, out


def loss(params):
    out = forward(params)[-1]
    return 0.5 * np.mean(np.sum((out - T) ** 2, axis=1))


def gradients(params):
    h, r, s, out = forward(params)
    dout = (out - T) / X.shape[0]
    grads = {}
    grads["Wout"] = s.T @ dout
    ds = dout @ params["Wout"].T
    dpre_r = ds * (1 - r * r)
    grads["Wr"] = h.T @ dpre_r
    grads["br"] = dpre_r.sum(axis=0)
    dh = dpre_r @ params["Wr"].T  # fault: the skip's way back left out | right: dh = dpre_r @ params["Wr"].T + ds
    grads["Win"] = X.T @ (dh * (1 - h * h))
    return grads
