"""Learned from a video: the slope of the hidden layer is evaluated at its error; weights move in place [3c]."""
import numpy as np

table = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 1, 0]], dtype=float)
truth = np.array([[0.0], [1.0], [1.0], [0.0], [1.0]])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


class Brain:
    rate = 0.1

    def __init__(self, w1, w2):
        self.w1 = w1.copy()
        self.w2 = w2.copy()

    def guess(self, inputs):
        self.sum1 = np.dot(inputs, self.w1)
        self.hidden = sigmoid(self.sum1)
        self.sum2 = np.dot(self.hidden, self.w2)
        return sigmoid(self.sum2)

    def train_once(self, inputs, truth):
        error = self.guess(inputs) - truth
        out_adjust = error * slope(self.sum2)
        hidden_error = np.dot(out_adjust, self.w2.T)
        hidden_adjust = hidden_error * slope(hidden_error)  # fault: slope at the error | right: hidden_adjust = hidden_error * slope(self.sum1)
        self.w2 -= self.rate * np.dot(self.hidden.T, out_adjust)
        self.w1 -= self.rate * np.dot(inputs.T, hidden_adjust)


def loss(params):
    brain = Brain(params["w1"], params["w2"])
    return np.sum((brain.guess(table) - truth) ** 2) / 2


def gradients(params):
    brain = Brain(params["w1"], params["w2"])
    brain.train_once(table, truth)
    return {
        "w1": (params["w1"] - brain.w1) / brain.rate,
        "w2": (params["w2"] - brain.w2) / brain.rate,
    }


np.random.seed(1)
params = {
    "w1": np.random.uniform(-1, 1, (3, 5)),
    "w2": np.random.uniform(-1, 1, (5, 1)),
}
