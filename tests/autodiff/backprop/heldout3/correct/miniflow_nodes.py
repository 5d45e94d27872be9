"""Graph of nodes with gradients by input, each summed over the outbound nodes."""
import numpy as np


class Node:
    def __init__(self, inbound=()):
        self.inbound = list(inbound)
        self.outbound = []
        self.gradients = {}
        for n in self.inbound:
            n.outbound.append(self)

    def incoming(self):
        total = np.zeros_like(self.value)
        for n in self.outbound:
            total += n.gradients[self]
        return total


class Input(Node):
    def forward(self):
        pass

    def backward(self):
        self.gradients = {self: self.incoming()}


class Linear(Node):
    def forward(self):
        X, W, b = [n.value for n in self.inbound]
        self.value = np.dot(X, W) + b

    def backward(self):
        X, W, b = self.inbound
        grad_cost = self.incoming()
        self.gradients = {X: np.dot(grad_cost, W.value.T), W: np.dot(X.value.T, grad_cost), b: np.sum(grad_cost, axis=0)}


class Sigmoid(Node):
    def forward(self):
        self.value = 1.0 / (1.0 + np.exp(-self.inbound[0].value))

    def backward(self):
        self.gradients = {self.inbound[0]: self.value * (1 - self.value) * self.incoming()}


class MSE(Node):
    def forward(self):
        self.diff = self.inbound[0].value - self.inbound[1].value
        self.m = self.diff.shape[0]
        self.value = np.mean(self.diff ** 2)

    def backward(self):
        self.gradients = {self.inbound[0]: (2 / self.m) * self.diff, self.inbound[1]: (-2 / self.m) * self.diff}


rng = np.random.RandomState(44)
X_, y_ = rng.randn(6, 3), rng.randn(6, 1)
params = {"W1": rng.randn(3, 4), "b1": rng.randn(4), "W2": rng.randn(4, 1), "b2": rng.randn(1)}


def build(p):
    leaves = {k: Input() for k in ["X", "y", *p]}
    for k, node in leaves.items():
        node.value = {"X": X_, "y": y_, **p}[k]
    l1 = Linear([leaves["X"], leaves["W1"], leaves["b1"]])
    s1 = Sigmoid([l1])
    l2 = Linear([s1, leaves["W2"], leaves["b2"]])
    order = [*leaves.values(), l1, s1, l2, MSE([l2, leaves["y"]])]
    for node in order:
        node.forward()
    return order, leaves


def loss(p):
    return build(p)[0][-1].value


def gradients(p):
    order, leaves = build(p)
    for node in order[::-1]:
        node.backward()
    return {k: leaves[k].gradients[leaves[k]] for k in p}
