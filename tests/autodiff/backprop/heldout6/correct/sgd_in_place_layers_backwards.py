"""Layers update in place during the backward pass, each after its own W was used; momentum buffers start empty."""
import numpy as np


class FullyConnected:
    def __init__(self, W, b, lr):
        self.W, self.b, self.lr = W, b, lr
        self.vW, self.vb = np.zeros_like(W), np.zeros_like(b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, d):
        dx = d @ self.W.T
        self.vW *= 0.9
        self.vW += self.x.T @ d
        self.vb *= 0.9
        self.vb += d.sum(axis=0)
        self.W -= self.lr * self.vW
        self.b -= self.lr * self.vb
        return dx


class LeakyReLU:
    def forward(self, x):
        self.slope = np.where(x > 0, 1.0, 0.1)
        return x * self.slope

    def backward(self, d):
        d *= self.slope
        return d


np.random.seed(29)
x_data, y_data = np.random.randn(6, 3), np.random.randn(6, 2)
params = {"W1": np.random.randn(3, 5), "b1": np.random.randn(5) * 0.2, "W2": np.random.randn(5, 4), "b2": np.random.randn(4) * 0.2,
          "W3": np.random.randn(4, 2), "b3": np.random.randn(2) * 0.2}
lr = 0.02


def layers_for(p):
    q = {k: v.copy() for k, v in p.items()}
    return [FullyConnected(q["W1"], q["b1"], lr), LeakyReLU(), FullyConnected(q["W2"], q["b2"], lr), LeakyReLU(),
            FullyConnected(q["W3"], q["b3"], lr)]


def predict(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x


def loss(p):
    return np.mean((predict(layers_for(p), x_data) - y_data) ** 2)


def gradients(p):
    layers = layers_for(p)
    d = 2 * (predict(layers, x_data) - y_data) / y_data.size
    for layer in layers[::-1]:
        d = layer.backward(d)
    grads = {}
    for i, layer in enumerate([l for l in layers if isinstance(l, FullyConnected)], 1):
        grads[f"W{i}"] = (p[f"W{i}"] - layer.W) / lr
        grads[f"b{i}"] = (p[f"b{i}"] - layer.b) / lr
    return grads
