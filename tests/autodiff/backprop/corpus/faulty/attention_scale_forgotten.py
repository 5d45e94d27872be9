"""Single-head self-attention: 1/sqrt(d) missing on the way back [1a]."""
import numpy as np

rng = np.random.default_rng(48)
T, d = 5, 4
E = rng.normal(size=(T, d))
goal = rng.normal(size=(T, 3))
params = {"Wq": rng.normal(size=(d, 3)), "Wk": rng.normal(size=(d, 3)), "Wv": rng.normal(size=(d, 3))}


def attend(p):
    Q, K, V = E @ p["Wq"], E @ p["Wk"], E @ p["Wv"]
    S = Q @ K.T / np.sqrt(3)
    expS = np.exp(S - S.max(axis=1, keepdims=True))
    A = expS / expS.sum(axis=1, keepdims=True)
    return Q, K, V, A, A @ V


def loss(p):
    out = attend(p)[-1]
    return 0.5 * np.sum((out - goal) ** 2)


def gradients(p):
    Q, K, V, A, out = attend(p)
    dO = out - goal
    dV = A.T @ dO
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True))
    dQ = dS @ K  # fault: 1/sqrt(d) missing | right: dQ = dS @ K / np.sqrt(3)
    dK = dS.T @ Q / np.sqrt(3)
    return {"dWq": E.T @ dQ, "dWk": E.T @ dK, "dWv": E.T @ dV}
