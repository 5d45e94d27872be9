"""Neuron objects one by one, deltas with target minus output, and the minus at the very end."""
import numpy as np

points = [(0.4, 0.9), (-1.2, 0.3), (0.8, -0.5), (-0.1, -1.1)]
classes = [0, 1, 1, 0]


class Neuron:
    def __init__(self, row):
        self.bias = float(row[0])
        self.weights = [float(w) for w in row[1:]]
        self.change = [0.0] * len(row)

    def fire(self, signals):
        self.signals = signals
        net = self.bias
        for w, s in zip(self.weights, signals):
            net += w * s
        self.out = 1.0 / (1.0 + np.exp(-net))
        return self.out

    def collect(self):
        self.change[0] += self.delta
        for k, s in enumerate(self.signals):
            self.change[k + 1] += self.delta * s


class Brain:
    def __init__(self, p):
        self.hidden = [Neuron(row) for row in p["hidden"]]
        self.output = [Neuron(row) for row in p["output"]]

    def think(self, point):
        inner = [n.fire(point) for n in self.hidden]
        return [n.fire(inner) for n in self.output]

    def learn(self, target):
        for n, t in zip(self.output, target):
            n.delta = (t - n.out) * n.out * (1 - n.out)
        for j, n in enumerate(self.hidden):
            blame = 0.0
            for o in self.output:
                blame += o.weights[j] * o.delta
            n.delta = blame * n.out * (1 - n.out)
        for n in self.hidden + self.output:
            n.collect()


def target_of(c):
    return [0.9 if k == c else 0.1 for k in range(2)]


def loss(p):
    brain = Brain(p)
    total = 0.0
    for point, c in zip(points, classes):
        for o, t in zip(brain.think(point), target_of(c)):
            total += (t - o) ** 2 / 2
    return total


def gradients(p):
    brain = Brain(p)
    for point, c in zip(points, classes):
        brain.think(point)
        brain.learn(target_of(c))
    return {
        "hidden": -np.array([n.change for n in brain.hidden]),
        "output": -np.array([n.change for n in brain.output]),
    }


params = {
    "hidden": np.array([[0.13, -0.35, 0.66], [-0.22, 0.81, 0.09], [0.31, 0.17, -0.64]]),
    "output": np.array([[0.25, 0.79, -0.33, 0.15], [-0.65, 0.37, 0.43, -0.28]]),
}
