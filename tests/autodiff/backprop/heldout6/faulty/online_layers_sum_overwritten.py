"""Online training with Layer objects; the trainer writes over the sums, so only the last sample counts [9a]."""
import numpy as np


class Layer:
    def __init__(self, W):
        self.W = W
        self.grad_W = np.zeros_like(W)

    def forward(self, x):
        self.x = x
        self.y = np.tanh(self.W @ x)
        return self.y

    def backward(self, dy):
        dz = dy * (1 - self.y ** 2)
        self.grad_W = np.outer(dz, self.x)
        return self.W.T @ dz


class Trainer:
    def __init__(self, p):
        self.layers = [Layer(p[k]) for k in sorted(p)]
        self.sums = [np.zeros_like(layer.W) for layer in self.layers]

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def epoch(self, X, T):
        for x, t in zip(X, T):
            dy = self.predict(x) - t
            for layer in reversed(self.layers):
                dy = layer.backward(dy)
            for i, layer in enumerate(self.layers):
                self.sums[i] = layer.grad_W  # fault: written over the other samples' sum | right: self.sums[i] = self.sums[i] + layer.grad_W
        return [s / len(X) for s in self.sums]


rng = np.random.default_rng(0)
X = rng.normal(size=(5, 3))
T = rng.uniform(-0.8, 0.8, size=(5, 2))
params = {"L0": rng.normal(size=(4, 3)), "L1": rng.normal(size=(4, 4)), "L2": rng.normal(size=(2, 4))}


def loss(p):
    tr = Trainer(p)
    return np.mean([0.5 * np.sum((tr.predict(x) - t) ** 2) for x, t in zip(X, T)])


def gradients(p):
    return dict(zip(sorted(p), Trainer(p).epoch(X, T)))
