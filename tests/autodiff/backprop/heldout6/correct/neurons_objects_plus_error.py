"""Neuron objects in loops with error = target - output, weights stepped uphill; returned as minus the change."""
import numpy as np


class Neuron:
    def __init__(self, weights):
        self.weights = weights.copy()      # the last one is the bias
        self.change = np.zeros_like(weights)

    def fire(self, inputs):
        self.inputs = list(inputs) + [1.0]
        total = sum(w * i for w, i in zip(self.weights, self.inputs))
        self.output = 1.0 / (1.0 + np.exp(-total))
        return self.output

    def gradient(self, error):
        self.delta = error * self.output * (1.0 - self.output)
        for k, value in enumerate(self.inputs):
            self.change[k] += self.delta * value


class Brain:
    def __init__(self, p):
        self.hidden = [Neuron(row) for row in p["hidden"]]
        self.output = [Neuron(row) for row in p["output"]]

    def predict(self, x):
        h = [n.fire(x) for n in self.hidden]
        return [n.fire(h) for n in self.output]

    def learn(self, x, target):
        out = self.predict(x)
        for n, t, o in zip(self.output, target, out):
            n.gradient(t - o)
        for j, n in enumerate(self.hidden):
            n.gradient(sum(k.delta * k.weights[j] for k in self.output))

    def apply(self):
        for n in self.hidden + self.output:
            n.weights += n.change


xor = [([0, 0], [0, 1]), ([0, 1], [1, 0]), ([1, 0], [1, 0]), ([1, 1], [0, 1])]
np.random.seed(13)
params = {"hidden": np.random.uniform(-1, 1, (3, 3)), "output": np.random.uniform(-1, 1, (2, 4))}


def loss(p):
    brain = Brain(p)
    total = 0.0
    for x, target in xor:
        for t, o in zip(target, brain.predict(x)):
            total += 0.5 * (t - o) ** 2
    return total


def gradients(p):
    brain = Brain(p)
    for x, target in xor:
        brain.learn(x, target)
    brain.apply()
    return {
        "hidden": p["hidden"] - np.array([n.weights for n in brain.hidden]),
        "output": p["output"] - np.array([n.weights for n in brain.output]),
    }
