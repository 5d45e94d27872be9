"""Deep ReLU network as lists in self; negative deltas are zeroed instead of dead units [8a]."""
import numpy as np


class DeepNet:
    def __init__(self, weights, biases):
        self.weights = weights
        self.biases = biases
        self.num_layers = len(weights)

    def forward(self, x):
        self.zs = []
        self.activations = [x]
        for l in range(self.num_layers):
            z = self.activations[-1] @ self.weights[l] + self.biases[l]
            self.zs.append(z)
            if l < self.num_layers - 1:
                z = np.maximum(z, 0)
            self.activations.append(z)
        return self.activations[-1]

    def backward(self, y):
        nabla_w = [None] * self.num_layers
        nabla_b = [None] * self.num_layers
        delta = 2 * (self.activations[-1] - y) / y.size
        for l in range(self.num_layers - 1, -1, -1):
            if l < self.num_layers - 1:
                delta = delta @ self.weights[l + 1].T
                delta[delta < 0] = 0  # fault: mask from the gradient | right: delta[self.zs[l] < 0] = 0
            nabla_w[l] = self.activations[l].T @ delta
            nabla_b[l] = delta.sum(axis=0, keepdims=True)
        return nabla_w, nabla_b


rng = np.random.default_rng(4)
SIZES = [3, 5, 4, 2]
X = rng.normal(size=(8, 3))
y = rng.normal(size=(8, 2))


def unpack(params):
    return DeepNet([params[f"W{l}"] for l in range(3)], [params[f"b{l}"] for l in range(3)])


def loss(params):
    return ((unpack(params).forward(X) - y) ** 2).mean()


def gradients(params):
    net = unpack(params)
    net.forward(X)
    nabla_w, nabla_b = net.backward(y)
    out = {}
    for l in range(3):
        out[f"W{l}"] = nabla_w[l]
        out[f"b{l}"] = nabla_b[l]
    return out


params = {}
for l in range(3):
    params[f"W{l}"] = rng.normal(size=(SIZES[l], SIZES[l + 1])) * 0.8
    params[f"b{l}"] = rng.normal(size=(1, SIZES[l + 1])) * 0.3
