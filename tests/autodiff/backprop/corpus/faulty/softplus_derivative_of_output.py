"""Closures, rows: softplus's derivative, the sigmoid, taken at softplus's output [3b]."""
import numpy as np

rng = np.random.default_rng(58)
data, goal = rng.normal(size=(6, 2)), rng.normal(size=(6, 3))
params = {"W1": rng.normal(size=(2, 5)), "b1": rng.normal(size=5), "W2": rng.normal(size=(5, 3)), "b2": rng.normal(size=3)}


def affine(x, W, b):
    def back(g):
        return g @ W.T, x.T @ g, g.sum(axis=0)

    return x @ W + b, back


def softplus(z):
    out = np.log(1 + np.exp(z))

    def back(g):
        return g / (1 + np.exp(-out))  # fault: activation where the weighted sum belongs | right: return g / (1 + np.exp(-z))

    return out, back


def run(p):
    z1, back1 = affine(data, p["W1"], p["b1"])
    h, back_h = softplus(z1)
    z2, back2 = affine(h, p["W2"], p["b2"])
    return z2, back1, back_h, back2


def loss(p):
    return 0.5 * np.sum((run(p)[0] - goal) ** 2)


def gradients(p):
    out, back1, back_h, back2 = run(p)
    g, dW2, db2 = back2(out - goal)
    g = back_h(g)
    _, dW1, db1 = back1(g)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
