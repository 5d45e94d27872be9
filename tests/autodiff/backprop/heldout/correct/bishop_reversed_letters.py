"""Bishop's notation, a for sums and z for units: letters the other way round from most."""
import numpy as np

gen = np.random.default_rng(305)
xn, tn = gen.uniform(-1, 1, (8, 2)), gen.uniform(-1, 1, (8, 1))
params = {"w1": gen.normal(size=(5, 2)), "w2": gen.normal(size=(4, 5)), "w3": gen.normal(size=(1, 4))}


def propagate(p):
    z0 = xn.T
    a1 = p["w1"] @ z0
    z1 = np.tanh(a1)
    a2 = p["w2"] @ z1
    z2 = 1 / (1 + np.exp(-a2))
    return z0, a1, z1, a2, z2, p["w3"] @ z2


def loss(p):
    return 0.5 * np.sum((propagate(p)[-1] - tn.T) ** 2)


def gradients(p):
    z0, a1, z1, a2, z2, y = propagate(p)
    delta3 = y - tn.T
    delta2 = z2 * (1 - z2) * (p["w3"].T @ delta3)
    delta1 = (1 - z1**2) * (p["w2"].T @ delta2)
    return {"grad_w1": delta1 @ z0.T, "grad_w2": delta2 @ z1.T, "grad_w3": delta3 @ z2.T}
