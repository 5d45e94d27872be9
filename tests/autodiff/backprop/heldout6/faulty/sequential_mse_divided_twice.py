"""Little Keras-like framework; the loss layer has divided by the batch already when Dense divides its weights again [1c]."""
import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        batch = self.x.shape[0]
        self.dW = self.x.T @ grad / batch  # fault: divided by the batch once more | right: self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out ** 2)


class MeanSquared:
    def forward(self, pred, target):
        self.diff = pred - target
        return np.mean(np.sum(self.diff ** 2, axis=1))

    def backward(self):
        return 2 * self.diff / len(self.diff)


class Sequential:
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)


rng = np.random.default_rng(11)
x_train = rng.normal(size=(7, 3))
y_train = rng.normal(size=(7, 2))
params = {"W1": rng.normal(size=(3, 5)) * 0.6, "b1": rng.normal(size=5) * 0.1,
          "W2": rng.normal(size=(5, 2)) * 0.6, "b2": rng.normal(size=2) * 0.1}


def build(p):
    return Sequential(Dense(p["W1"], p["b1"]), Tanh(), Dense(p["W2"], p["b2"]))


def loss(p):
    return MeanSquared().forward(build(p).forward(x_train), y_train)


def gradients(p):
    model, criterion = build(p), MeanSquared()
    criterion.forward(model.forward(x_train), y_train)
    model.backward(criterion.backward())
    first, _, second = model.layers
    return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}
