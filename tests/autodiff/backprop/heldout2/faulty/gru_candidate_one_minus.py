"""GRU of a gist, dicts by time step: the candidate's tanh' written 1 - h [3d]."""
import numpy as np

rng = np.random.RandomState(12)
T, D, H = 3, 2, 3
xs = rng.randn(T, D, 1)
target = rng.randn(H, 1)
params = {}
for gate in "zrh":
    params["W" + gate] = rng.randn(H, D) * 0.7
    params["U" + gate] = rng.randn(H, H) * 0.7
    params["b" + gate] = rng.randn(H, 1) * 0.2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(p):
    h, z, r, h_hat = {-1: np.zeros((H, 1))}, {}, {}, {}
    for t in range(T):
        z[t] = sigmoid(np.dot(p["Wz"], xs[t]) + np.dot(p["Uz"], h[t - 1]) + p["bz"])
        r[t] = sigmoid(np.dot(p["Wr"], xs[t]) + np.dot(p["Ur"], h[t - 1]) + p["br"])
        h_hat[t] = np.tanh(np.dot(p["Wh"], xs[t]) + np.dot(p["Uh"], r[t] * h[t - 1]) + p["bh"])
        h[t] = z[t] * h[t - 1] + (1 - z[t]) * h_hat[t]
    return h, z, r, h_hat


def loss(p):
    h, _, _, _ = forward(p)
    return 0.5 * np.sum((h[T - 1] - target) ** 2)


def gradients(p):
    h, z, r, h_hat = forward(p)
    d = {k: np.zeros_like(v) for k, v in p.items()}
    dh = h[T - 1] - target
    for t in reversed(range(T)):
        dh_hat = dh * (1 - z[t])
        dh_hat_l = dh_hat * (1 - h_hat[t])  # fault: tanh' as 1 - h | right: dh_hat_l = dh_hat * (1 - h_hat[t] ** 2)
        d["Wh"] += np.dot(dh_hat_l, xs[t].T)
        d["Uh"] += np.dot(dh_hat_l, (r[t] * h[t - 1]).T)
        d["bh"] += dh_hat_l
        drhp = np.dot(p["Uh"].T, dh_hat_l)
        dr_l = drhp * h[t - 1] * r[t] * (1 - r[t])
        d["Wr"] += np.dot(dr_l, xs[t].T)
        d["Ur"] += np.dot(dr_l, h[t - 1].T)
        d["br"] += dr_l
        dz_l = dh * (h[t - 1] - h_hat[t]) * z[t] * (1 - z[t])
        d["Wz"] += np.dot(dz_l, xs[t].T)
        d["Uz"] += np.dot(dz_l, h[t - 1].T)
        d["bz"] += dz_l
        dh = dh * z[t] + drhp * r[t] + np.dot(p["Ur"].T, dr_l) + np.dot(p["Uz"].T, dz_l)
    return d
