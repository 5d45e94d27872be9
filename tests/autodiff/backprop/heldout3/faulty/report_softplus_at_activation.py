"""Network report with samples in columns, softplus' at the activation, not at the weighted sum [3b]."""
import numpy as np


def softplus(z):
    return np.log(1 + np.exp(z))


def softplus_prime(z):
    return 1 / (1 + np.exp(-z))


def forward(x, params):
    z_1 = params["w_1"] @ x + params["c_1"]
    a_1 = softplus(z_1)
    z_2 = params["w_2"] @ a_1 + params["c_2"]
    a_2 = softplus(z_2)
    z_3 = params["w_3"] @ a_2 + params["c_3"]
    return z_1, a_1, z_2, a_2, z_3


rng = np.random.default_rng(1)
M = 6
x = rng.normal(size=(3, M))
t = rng.normal(size=(2, M))
params = {
    "w_1": rng.normal(size=(4, 3)) * 0.5, "c_1": rng.normal(size=(4, 1)) * 0.3,
    "w_2": rng.normal(size=(3, 4)) * 0.5, "c_2": rng.normal(size=(3, 1)) * 0.3,
    "w_3": rng.normal(size=(2, 3)) * 0.5, "c_3": rng.normal(size=(2, 1)) * 0.3,
}


def loss(params):
    z_3 = forward(x, params)[-1]
    return np.sum((z_3 - t) ** 2) / (2 * M)


def gradients(params):
    z_1, a_1, z_2, a_2, z_3 = forward(x, params)
    # J = 1/2M sum (z3 - t)^2, so eq. (4) of the report
    d_3 = (z_3 - t) / M
    # eq. (5)
    d_2 = (params["w_3"].T @ d_3) * softplus_prime(z_2)
    d_1 = (params["w_2"].T @ d_2) * softplus_prime(a_1)  # fault: derivative at a_1 | right: d_1 = (params["w_2"].T @ d_2) * softplus_prime(z_1)
    # eq. (6), (7)
    grad = {}
    grad["w_3"], grad["c_3"] = d_3 @ a_2.T, d_3.sum(axis=1, keepdims=True)
    grad["w_2"], grad["c_2"] = d_2 @ a_1.T, d_2.sum(axis=1, keepdims=True)
    grad["w_1"], grad["c_1"] = d_1 @ x.T, d_1.sum(axis=1, keepdims=True)
    return grad
