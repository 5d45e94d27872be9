"""Per-sample loop, two by two hidden layers: `*` between W2 and delta, summed by broadcasting [6c]."""
import numpy as np

rng = np.random.RandomState(28)
samples = [(rng.randn(3), rng.randn()) for _ in range(6)]
params = {"V": rng.randn(2, 3), "W": rng.randn(2, 2), "u": rng.randn(2)}


def loss(params):
    total = 0.0
    for x, t in samples:
        h = np.tanh(params["V"] @ x)
        g = np.tanh(params["W"] @ h)
        total = total + (params["u"] @ g - t) ** 2
    return total / 2


def gradients(params):
    V, W, u = params["V"], params["W"], params["u"]
    grad_V, grad_W, grad_u = np.zeros_like(V), np.zeros_like(W), np.zeros_like(u)
    for x, t in samples:
        h = np.tanh(V @ x)
        g = np.tanh(W @ h)
        err = u @ g - t
        grad_u += err * g
        delta_g = err * u * (1 - g**2)
        grad_W += np.outer(delta_g, h)
        delta_h = (W.T * delta_g).sum(axis=0) * (1 - h**2)  # fault: element-wise in place of matrix product | right: delta_h = (W.T @ delta_g) * (1 - h**2)
        grad_V += np.outer(delta_h, x)
    return {"grad_V": grad_V, "grad_W": grad_W, "grad_u": grad_u}
