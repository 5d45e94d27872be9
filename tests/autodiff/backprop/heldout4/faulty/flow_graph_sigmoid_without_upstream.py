"""Node graph with inbound nodes; the sigmoid node forgets the cost that comes from its consumers [4c]."""
import numpy as np


class Node:
    def __init__(self, inbound=()):
        self.inbound = list(inbound)
        self.outbound = []
        self.value = None
        self.gradients = {}
        for n in self.inbound:
            n.outbound.append(self)

    def upstream(self):
        return sum(n.gradients[self] for n in self.outbound)


class Input(Node):
    def forward(self):
        pass

    def backward(self):
        self.gradients = {self: self.upstream()}


class Linear(Node):
    def forward(self):
        X, W, b = (n.value for n in self.inbound)
        self.value = X @ W + b

    def backward(self):
        X, W, b = self.inbound
        up = self.upstream()
        self.gradients = {X: up @ W.value.T, W: X.value.T @ up, b: up.sum(axis=0)}


class Sigmoid(Node):
    def forward(self):
        self.value = 1.0 / (1.0 + np.exp(-self.inbound[0].value))

    def backward(self):
        s = self.value
        self.gradients = {self.inbound[0]: s * (1 - s)}  # fault: upstream missing | right: self.gradients = {self.inbound[0]: self.upstream() * s * (1 - s)}


class MSE(Node):
    def forward(self):
        y, a = (n.value for n in self.inbound)
        self.diff = y - a
        self.value = np.mean(self.diff ** 2)

    def backward(self):
        m = self.diff.size
        self.gradients = {self.inbound[0]: 2 / m * self.diff, self.inbound[1]: -2 / m * self.diff}


rng = np.random.default_rng(21)
X_ = rng.normal(size=(5, 3))
y_ = rng.normal(size=(5, 1))


def graph(p):
    X, y = Input(), Input()
    W1, b1, W2, b2 = Input(), Input(), Input(), Input()
    X.value, y.value = X_, y_
    W1.value, b1.value, W2.value, b2.value = p["W1"], p["b1"], p["W2"], p["b2"]
    l1 = Linear([X, W1, b1])
    s1 = Sigmoid([l1])
    l2 = Linear([s1, W2, b2])
    cost = MSE([y, l2])
    order = [X, y, W1, b1, W2, b2, l1, s1, l2, cost]
    for node in order:
        node.forward()
    return order, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def loss(p):
    return graph(p)[0][-1].value


def gradients(p):
    order, trainables = graph(p)
    for node in order[::-1]:
        node.backward()
    return {name: node.gradients[node] for name, node in trainables.items()}


params = {
    "W1": rng.normal(size=(3, 4)),
    "b1": rng.normal(size=4),
    "W2": rng.normal(size=(4, 1)),
    "b2": rng.normal(size=1),
}
