"""Gated unit (swish times linear), weights of a llama-like block: silu' without its second term [4c]."""
import numpy as np

rng = np.random.default_rng(220)
tok = rng.normal(size=(5, 3))
ref = rng.normal(size=(5, 3))
params = {"w_gate": rng.normal(size=(3, 4)), "w_up": rng.normal(size=(3, 4)), "w_down": rng.normal(size=(4, 3))}


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def loss(p):
    gate, up = tok @ p["w_gate"], tok @ p["w_up"]
    out = (gate * sigmoid(gate) * up) @ p["w_down"]
    return ((out - ref) ** 2).mean()


def gradients(p):
    gate, up = tok @ p["w_gate"], tok @ p["w_up"]
    sg = sigmoid(gate)
    silu = gate * sg
    act = silu * up
    d_out = 2 * (act @ p["w_down"] - ref) / ref.size
    d_act = d_out @ p["w_down"].T
    d_up = d_act * silu
    d_silu = d_act * up
    d_gate = d_silu * sg  # fault: second term of the derivative missing | right: d_gate = d_silu * (sg + silu * (1 - sg))
    return {"w_gate": tok.T @ d_gate, "w_up": tok.T @ d_up, "w_down": act.T @ d_out}
