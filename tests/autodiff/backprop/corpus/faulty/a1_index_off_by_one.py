"""Columns, loop over layers: A[l] in place of A[l-1] in a net of equal widths [5d]."""
import numpy as np

rng = np.random.RandomState(24)
L, width = 3, 4
X = rng.randn(width, 6)
Y = rng.randn(width, 6)
params = {}
for l in range(1, L + 1):
    params[f"W{l}"] = rng.randn(width, width) * 0.6
    params[f"b{l}"] = rng.randn(width, 1) * 0.1


def forward(params):
    Z, A = {}, {0: X}
    for l in range(1, L + 1):
        Z[l] = params[f"W{l}"] @ A[l - 1] + params[f"b{l}"]
        A[l] = np.tanh(Z[l])
    return Z, A


def loss(params):
    _, A = forward(params)
    return np.sum((A[L] - Y) ** 2) / (2 * X.shape[1])


def gradients(params):
    _, A = forward(params)
    m = X.shape[1]
    grads = {}
    dA = (A[L] - Y) / m
    for l in range(L, 0, -1):
        dZ = dA * (1 - A[l] ** 2)
        grads["dW" + str(l)] = dZ @ A[l].T  # fault: A[l] where A[l-1] belongs | right: grads["dW" + str(l)] = dZ @ A[l - 1].T
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True)
        dA = params[f"W{l}"].T @ dZ
    return grads
