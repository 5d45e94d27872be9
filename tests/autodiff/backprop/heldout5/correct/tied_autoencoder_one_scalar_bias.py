"""Tied weights get two shares, one with the transpose turned; the lone bias sums all there is."""
import numpy as np

rng = np.random.RandomState(100)
V = rng.rand(6, 5)
params = {"W": rng.randn(5, 3) * 0.8, "c": rng.randn(3) * 0.3, "b": np.array(0.25)}


def sigm(a):
    return 1 / (1 + np.exp(-a))


def encode_decode(p):
    H = sigm(V @ p["W"] + p["c"])
    R = sigm(H @ p["W"].T + p["b"])
    return H, R


def loss(p):
    _, R = encode_decode(p)
    return -np.sum(V * np.log(R) + (1 - V) * np.log(1 - R)) / len(V)


def gradients(p):
    H, R = encode_decode(p)
    d_r = R - V
    d_h = d_r @ p["W"] * H * (1 - H)

    W_grad = V.T @ d_h
    W_grad += d_r.T @ H
    W_grad /= len(V)
    b_grad = np.sum(d_r) / len(V)
    c_grad = np.mean(d_h, axis=0)
    return {"W_grad": W_grad, "b_grad": b_grad, "c_grad": c_grad}
