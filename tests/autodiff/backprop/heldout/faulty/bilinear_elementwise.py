"""Bilinear scores, square matrix: the right factor's projection by `*` in place of a product [6c]."""
import numpy as np

rng = np.random.RandomState(234)
left, right = rng.randn(3), rng.randn(3)
goal = 0.7
params = {"A": rng.randn(3, 3), "B": rng.randn(3, 3)}


def loss(params):
    u = np.tanh(params["A"] @ left)
    w = params["B"] @ u
    return 0.5 * (w @ right - goal) ** 2


def gradients(params):
    A, B = params["A"], params["B"]
    u = np.tanh(A @ left)
    w = B @ u
    e = w @ right - goal
    w_bar = e * right
    B_bar = np.outer(w_bar, u)
    u_bar = np.diag(B) * w_bar  # fault: element-wise in place of matrix product | right: u_bar = B.T @ w_bar
    A_bar = np.outer(u_bar * (1 - u**2), left)
    return {"A": A_bar, "B": B_bar}
