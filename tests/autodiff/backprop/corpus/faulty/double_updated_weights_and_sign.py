"""Training step in place: updated W2, and the sign of b1's gradient [5c, 10a, 10c]."""
import numpy as np

rng = np.random.RandomState(65)
X, Y = rng.randn(5, 2), rng.randn(5, 1)
params = {"W1": rng.randn(2, 4), "b1": rng.randn(4), "W2": rng.randn(4, 1), "b2": rng.randn(1)}
eta = 0.05


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Network:
    def __init__(self, p):
        self.W1, self.b1 = p["W1"].copy(), p["b1"].copy()
        self.W2, self.b2 = p["W2"].copy(), p["b2"].copy()

    def forward(self):
        self.hidden = sigmoid(X @ self.W1 + self.b1)
        self.output = self.hidden @ self.W2 + self.b2
        return 0.5 * ((self.output - Y) ** 2).sum()

    def train(self):
        delta = self.output - Y
        dW2 = self.hidden.T @ delta
        db2 = delta.sum(axis=0)
        self.W2 -= eta * dW2
        self.b2 -= eta * db2
        back = delta @ self.W2.T  # fault: updated W2 used | right: back = delta @ (self.W2 + eta * dW2).T
        delta_hidden = back * self.hidden * (1 - self.hidden)
        dW1 = X.T @ delta_hidden
        db1 = -delta_hidden.sum(axis=0)  # fault: sign flipped | right: db1 = delta_hidden.sum(axis=0)
        self.W1 -= eta * dW1
        self.b1 -= eta * db1
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def loss(p):
    return Network(p).forward()


def gradients(p):
    net = Network(p)
    net.forward()
    return net.train()
