"""One optimizer step moves the arrays in place; the gradients are what moved over the rate."""
import numpy as np

np.random.seed(99)
X = np.random.randn(6, 3)
Y = np.random.randn(6, 2)


class Dense:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        self.y = np.tanh(x @ self.W + self.b)
        return self.y

    def backward(self, grad, lr):
        grad = grad * (1 - self.y ** 2)
        below = grad @ self.W.T  # before the update
        self.W -= lr * (self.x.T @ grad)
        self.b -= lr * grad.sum(0)
        return below


class Trainer:
    def __init__(self, params, lr=0.01):
        self.layers = [Dense(params["W1"], params["b1"]), Dense(params["W2"], params["b2"])]
        self.lr = lr

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def step(self, X, Y):
        grad = self.predict(X)
        grad = grad - Y
        grad /= len(X)
        for layer in self.layers[::-1]:
            grad = layer.backward(grad, self.lr)


def loss(params):
    return 0.5 * np.sum((Trainer(params).predict(X) - Y) ** 2) / len(X)


def gradients(params):
    before = {k: v.copy() for k, v in params.items()}
    trainer = Trainer(params)
    trainer.step(X, Y)
    return {k: (before[k] - params[k]) / trainer.lr for k in params}


params = {
    "W1": np.random.randn(3, 4), "b1": np.random.randn(4),
    "W2": np.random.randn(4, 2), "b2": np.random.randn(2),
}
