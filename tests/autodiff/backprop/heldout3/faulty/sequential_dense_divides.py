"""A small Keras clone: the loss object averages already and Dense divides its weights again [1c]."""
import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad / len(self.x)  # fault: 1/N a second time | right: self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out ** 2)


class MSE:
    def forward(self, pred, target):
        self.pred, self.target = pred, target
        return np.sum((pred - target) ** 2) / pred.shape[0]

    def backward(self):
        return 2 * (self.pred - self.target) / self.pred.shape[0]


class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)


def build(p):
    return Sequential([Dense(p["W1"], p["b1"]), Tanh(), Dense(p["W2"], p["b2"])])


np.random.seed(11)
data = np.random.randn(6, 3)
target = np.random.randn(6, 2)
params = {
    "W1": np.random.randn(3, 5) * 0.6,
    "b1": np.random.randn(5) * 0.1,
    "W2": np.random.randn(5, 2) * 0.6,
    "b2": np.random.randn(2) * 0.1,
}


def loss(p):
    return MSE().forward(build(p).forward(data), target)


def gradients(p):
    net, crit = build(p), MSE()
    crit.forward(net.forward(data), target)
    net.backward(crit.backward())
    first, _, last = net.layers
    return {"W1": first.dW, "b1": first.db, "W2": last.dW, "b2": last.db}
