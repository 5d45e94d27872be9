"""Row samples with weights (out, in), x @ W.T, and leaky relu by np.where."""
import numpy as np

rng = np.random.default_rng(109)
x = rng.normal(size=(5, 3))
y = rng.normal(size=(5, 2))
params = {"fc1_weight": rng.normal(size=(4, 3)), "fc1_bias": rng.normal(size=4), "fc2_weight": rng.normal(size=(2, 4)), "fc2_bias": rng.normal(size=2)}


def leaky_relu(z, slope=0.01):
    return np.where(z > 0, z, slope * z)


def forward(p):
    z = x @ p["fc1_weight"].T + p["fc1_bias"]
    h = leaky_relu(z)
    return z, h, h @ p["fc2_weight"].T + p["fc2_bias"]


def loss(p):
    _, _, pred = forward(p)
    return ((pred - y) ** 2).mean()


def gradients(p):
    z, h, pred = forward(p)
    dpred = 2 * (pred - y) / pred.size
    dh = dpred @ p["fc2_weight"]
    dz = np.where(z > 0, dh, 0.01 * dh)
    return {
        "grad_fc1_weight": dz.T @ x,
        "grad_fc1_bias": dz.sum(axis=0),
        "grad_fc2_weight": dpred.T @ h,
        "grad_fc2_bias": dpred.sum(axis=0),
    }
