"""A stack of saved values, pushed by forward and popped by backward: pushes its result, not its argument [5d]."""
import numpy as np

rng = np.random.RandomState(232)
signal, wanted = rng.randn(4, 6), rng.randn(4, 6)
params = {"M0": 0.7 * rng.randn(4, 4), "M1": 0.7 * rng.randn(4, 4)}


def forward(p):
    stack, v = [], signal
    for name in ("M0", "M1"):
        u = v
        v = np.tanh(p[name] @ v)
        stack.append((name, v, v))  # fault: the layer's output where its input belongs | right: stack.append((name, u, v))
    return v, stack


def loss(p):
    v, _ = forward(p)
    return np.sum((v - wanted) ** 2)


def gradients(p):
    v, stack = forward(p)
    bar, grads = 2 * (v - wanted), {}
    while stack:
        name, u, v = stack.pop()
        bar = bar * (1 - v**2)
        grads[name] = bar @ u.T
        bar = p[name].T @ bar
    return grads
