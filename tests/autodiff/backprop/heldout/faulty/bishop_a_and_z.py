"""Bishop's notation, a for sums and z for units, tanh hidden: mean over N missing [1b]."""
import numpy as np

gen = np.random.default_rng(205)
xn, tn = gen.uniform(-1, 1, (8, 1)), gen.uniform(-1, 1, (8, 2))
params = {"w1": gen.normal(size=(5, 1)), "b1": gen.normal(size=5), "w2": gen.normal(size=(2, 5)), "b2": gen.normal(size=2)}


def activations(p):
    a1 = xn @ p["w1"].T + p["b1"]
    z1 = np.tanh(a1)
    a2 = z1 @ p["w2"].T + p["b2"]
    return a1, z1, a2


def loss(p):
    *_, yn = activations(p)
    return 0.5 * np.sum((yn - tn) ** 2) / len(xn)


def gradients(p):
    a1, z1, yn = activations(p)
    delta_k = yn - tn
    delta_j = (1 - z1**2) * (delta_k @ p["w2"]) / len(xn)
    delta_k_mean = delta_k  # fault: 1/N missing | right: delta_k_mean = delta_k / len(xn)
    return {
        "grad_w1": delta_j.T @ xn,
        "grad_b1": delta_j.sum(0),
        "grad_w2": delta_k_mean.T @ z1,
        "grad_b2": delta_k_mean.sum(0),
    }
