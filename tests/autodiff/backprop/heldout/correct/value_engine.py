"""A toy engine of array nodes with _backward closures."""
import numpy as np

g = np.random.default_rng(309)
inp, want = g.normal(size=(6, 3)), g.normal(size=(6, 3))
params = {"scale": g.normal(size=3), "shift": g.normal(size=3)}


class Node:
    def __init__(self, data, parents=(), back=None):
        self.data, self.parents, self.back, self.grad = data, parents, back, 0.0

    def __mul__(self, other):
        return Node(self.data * other.data, (self, other), lambda g: (g * other.data, g * self.data))

    def __add__(self, other):
        return Node(self.data + other.data, (self, other), lambda g: (g, g))

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        return Node(s, (self,), lambda g: (g * s * (1 - s),))

    def backward(self, seed):
        order = []

        def visit(n):
            if n not in order:
                for p in n.parents:
                    visit(p)
                order.append(n)

        visit(self)
        self.grad = seed
        for n in order[::-1]:
            if n.back:
                for parent, share in zip(n.parents, n.back(n.grad)):
                    parent.grad = parent.grad + share


def loss(params):
    h = 1 / (1 + np.exp(-(params["scale"] * inp + params["shift"])))
    return np.sum((params["scale"] * h - want) ** 2)


def gradients(params):
    scale, shift = Node(np.tile(params["scale"], (6, 1))), Node(np.tile(params["shift"], (6, 1)))
    y = scale * (scale * Node(inp) + shift).sigmoid()
    y.backward(2 * (y.data - want))
    return {"scale": scale.grad.sum(axis=0), "shift": shift.grad.sum(axis=0)}
