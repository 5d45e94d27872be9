"""Layers with an error kept in self; from the second sample on the old error is still in it [9a]."""
import numpy as np


class NeuronLayer:
    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.error = np.zeros(len(b))
        self.w_sum = np.zeros(w.shape)
        self.b_sum = np.zeros(b.shape)

    def feed_forward(self, x):
        self.x = x
        self.out = 1 / (1 + np.exp(-(self.w @ x + self.b)))
        return self.out


class Net:
    def __init__(self, p):
        self.hidden = NeuronLayer(p["w_hidden"], p["b_hidden"])
        self.output = NeuronLayer(p["w_output"], p["b_output"])

    def feed_forward(self, x):
        return self.output.feed_forward(self.hidden.feed_forward(x))

    def backprop(self, target):
        o, h = self.output, self.hidden
        o.error = o.out - target
        o.delta = o.error * o.out * (1 - o.out)
        h.error += o.w.T @ o.delta  # fault: error of earlier samples still there | right: h.error = o.w.T @ o.delta
        h.delta = h.error * h.out * (1 - h.out)
        for layer in (o, h):
            layer.w_sum += np.outer(layer.delta, layer.x)
            layer.b_sum += layer.delta


training_set = [
    (np.array([0.05, 0.10]), np.array([0.01, 0.99])),
    (np.array([0.70, -0.30]), np.array([0.80, 0.20])),
    (np.array([-0.40, 0.90]), np.array([0.30, 0.60])),
]


def loss(p):
    net = Net(p)
    total = 0
    for x, target in training_set:
        total += np.sum(0.5 * (target - net.feed_forward(x)) ** 2)
    return total


def gradients(p):
    net = Net(p)
    for x, target in training_set:
        net.feed_forward(x)
        net.backprop(target)
    return {
        "w_hidden": net.hidden.w_sum,
        "b_hidden": net.hidden.b_sum,
        "w_output": net.output.w_sum,
        "b_output": net.output.b_sum,
    }


params = {
    "w_hidden": np.array([[0.15, 0.20], [0.25, 0.30], [-0.50, 0.70]]),
    "b_hidden": np.array([0.35, 0.30, -0.10]),
    "w_output": np.array([[0.40, 0.45, -0.80], [0.50, 0.55, 0.90]]),
    "b_output": np.array([0.60, -0.20]),
}
