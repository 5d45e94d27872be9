"""Dense layers that learn inside backward(grad, lr): the step comes before the product with W [5c]."""
import numpy as np

rng = np.random.default_rng(301)
X = rng.normal(size=(5, 3))
Y = rng.normal(size=(5, 2))
LR = 0.1
params = {
    "W1": rng.normal(size=(3, 4)),
    "b1": rng.normal(size=4),
    "W2": rng.normal(size=(4, 4)),
    "b2": rng.normal(size=4),
    "W3": rng.normal(size=(4, 2)),
    "b3": rng.normal(size=2),
}


class Dense:
    def __init__(self, W, b, activate=True):
        self.W, self.b, self.activate = W.copy(), b.copy(), activate

    def forward(self, x):
        self.x = x
        self.a = x @ self.W + self.b
        if self.activate:
            self.a = np.tanh(self.a)
        return self.a

    def backward(self, grad, lr):
        if self.activate:
            grad = grad * (1 - self.a**2)
        before = self.W.copy()
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        self.W -= lr * self.dW
        self.b -= lr * self.db
        self.moved = np.abs(self.W - before).max()
        return grad @ self.W.T  # fault: weights already updated | right: return grad @ before.T


def build(p):
    return [Dense(p["W1"], p["b1"]), Dense(p["W2"], p["b2"]), Dense(p["W3"], p["b3"], activate=False)]


def loss(p):
    out = X
    for layer in build(p):
        out = layer.forward(out)
    return 0.5 * ((out - Y) ** 2).sum()


def gradients(p):
    layers = build(p)
    out = X
    for layer in layers:
        out = layer.forward(out)
    grad = out - Y
    for layer in layers[::-1]:
        grad = layer.backward(grad, LR)
    result = {}
    for i, layer in enumerate(layers, start=1):
        result[f"dW{i}"] = layer.dW
        result[f"db{i}"] = layer.db
    return result
