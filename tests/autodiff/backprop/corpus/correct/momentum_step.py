"""Training step with momentum: velocities in place, the gradients handed back untouched."""
import numpy as np

rng = np.random.RandomState(134)
X, Y = rng.randn(2, 6), rng.randn(1, 6)
params = {"W1": rng.randn(3, 2), "b1": rng.randn(3, 1), "W2": rng.randn(1, 3), "b2": rng.randn(1, 1)}
v = {name: 0.1 * np.ones_like(value) for name, value in params.items()}


class Trainer:
    def __init__(self, weights):
        self.weights = {name: np.array(value) for name, value in weights.items()}

    def step(self, lr=0.1, beta=0.9):
        w = self.weights
        a1 = np.tanh(w["W1"] @ X + w["b1"])
        out = w["W2"] @ a1 + w["b2"]
        dz2 = (out - Y) / X.shape[1]
        dz1 = (w["W2"].T @ dz2) * (1 - a1 * a1)
        grads = {"W1": dz1 @ X.T, "b1": dz1.sum(1, keepdims=True), "W2": dz2 @ a1.T, "b2": dz2.sum(1, keepdims=True)}
        for name in w:
            v[name] = beta * v[name] + (1 - beta) * grads[name]
            w[name] -= lr * v[name]
        return grads


def loss(params):
    a1 = np.tanh(params["W1"] @ X + params["b1"])
    out = params["W2"] @ a1 + params["b2"]
    return 0.5 * np.sum((out - Y) ** 2) / X.shape[1]


def gradients(params):
    return Trainer(params).step()
