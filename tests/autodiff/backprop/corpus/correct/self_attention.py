"""Single-head self-attention with mean pooling and squared error."""
import numpy as np

rng = np.random.default_rng(121)
X = rng.normal(size=(6, 3))
t = rng.normal(size=2)
params = {"Wq": rng.normal(size=(3, 4)), "Wk": rng.normal(size=(3, 4)), "Wv": rng.normal(size=(3, 2))}


def forward(p):
    Q, K, V = X @ p["Wq"], X @ p["Wk"], X @ p["Wv"]
    S = Q @ K.T / 2.0
    P = np.exp(S - S.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    O = P @ V
    return Q, K, V, P, O, O.mean(axis=0)


def loss(p):
    return 0.5 * np.sum((forward(p)[-1] - t) ** 2)


def gradients(p):
    Q, K, V, P, O, pooled = forward(p)
    dpooled = pooled - t
    dO = np.tile(dpooled / len(X), (len(X), 1))
    dV = P.T @ dO
    dP = dO @ V.T
    dS = P * (dP - np.sum(dP * P, axis=1, keepdims=True)) / 2.0
    dQ = dS @ K
    dK = dS.T @ Q
    return {"dWq": X.T @ dQ, "dWk": X.T @ dK, "dWv": X.T @ dV}
