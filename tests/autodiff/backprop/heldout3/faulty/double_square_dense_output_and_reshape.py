"""Square dense layers: the layer's own output in the weight gradient and reshape for a transpose [5d, 6b, 10c]."""
import numpy as np


class Dense:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.inp = x
        self.out = np.tanh(x @ self.weight + self.bias)
        return self.out

    def backward(self, grad_out):
        grad_z = grad_out * (1 - self.out ** 2)
        self.grad_weight = self.out.T @ grad_z  # fault: output where input belongs | right: self.grad_weight = self.inp.T @ grad_z
        self.grad_bias = grad_z.sum(axis=0)
        return grad_z @ self.weight.T


class Readout:
    def __init__(self, weight):
        self.weight = weight

    def forward(self, x):
        self.inp = x
        return x @ self.weight

    def backward(self, grad_out):
        self.grad_weight = self.inp.T @ grad_out
        # (hidden, out) -> (out, hidden)
        flipped = self.weight.reshape(self.weight.shape[1], self.weight.shape[0])  # fault: reshape isn't a transpose | right: flipped = self.weight.T
        return grad_out @ flipped


rng = np.random.default_rng(2024)
x = rng.normal(size=(7, 4))
y = rng.normal(size=(7, 3))
params = {
    "w1": rng.normal(size=(4, 4)) * 0.5, "b1": rng.normal(size=4) * 0.1,
    "w2": rng.normal(size=(4, 4)) * 0.5, "b2": rng.normal(size=4) * 0.1,
    "w3": rng.normal(size=(4, 3)) * 0.5,
}


def net(p):
    return [Dense(p["w1"], p["b1"]), Dense(p["w2"], p["b2"]), Readout(p["w3"])]


def loss(p):
    h = x
    for layer in net(p):
        h = layer.forward(h)
    return 0.5 * ((h - y) ** 2).sum()


def gradients(p):
    layers = net(p)
    h = x
    for layer in layers:
        h = layer.forward(h)
    g = h - y
    for layer in reversed(layers):
        g = layer.backward(g)
    return {
        "w1": layers[0].grad_weight, "b1": layers[0].grad_bias,
        "w2": layers[1].grad_weight, "b2": layers[1].grad_bias,
        "w3": layers[2].grad_weight,
    }
