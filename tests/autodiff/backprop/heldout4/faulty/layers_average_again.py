"""Little layer library, the loss already averages and the Dense layer averages its weights once more [1c]."""
import numpy as np


class Dense:
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.bias

    def backward(self, grad_output):
        self.dweights = self.inputs.T @ grad_output / len(self.inputs)  # fault: divided by N again | right: self.dweights = self.inputs.T @ grad_output
        self.dbias = grad_output.sum(axis=0)
        return grad_output @ self.weights.T


class Sigmoid:
    def forward(self, inputs):
        self.out = 1.0 / (1.0 + np.exp(-inputs))
        return self.out

    def backward(self, grad_output):
        return grad_output * self.out * (1.0 - self.out)


class MSE:
    def forward(self, pred, target):
        self.diff = pred - target
        return np.sum(self.diff ** 2) / len(target)

    def backward(self):
        return 2 * self.diff / len(self.diff)


rng = np.random.default_rng(8)
inputs = rng.normal(size=(6, 3))
targets = rng.normal(size=(6, 2))
criterion = MSE()


def build(p):
    return [Dense(p["W1"], p["b1"]), Sigmoid(), Dense(p["W2"], p["b2"])]


def loss(p):
    out = inputs
    for layer in build(p):
        out = layer.forward(out)
    return criterion.forward(out, targets)


def gradients(p):
    layers = build(p)
    out = inputs
    for layer in layers:
        out = layer.forward(out)
    criterion.forward(out, targets)
    grad = criterion.backward()
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return {
        "W1": layers[0].dweights,
        "b1": layers[0].dbias,
        "W2": layers[2].dweights,
        "b2": layers[2].dbias,
    }


params = {
    "W1": rng.normal(size=(3, 4)),
    "b1": rng.normal(size=4) * 0.3,
    "W2": rng.normal(size=(4, 2)),
    "b2": rng.normal(size=2) * 0.3,
}
