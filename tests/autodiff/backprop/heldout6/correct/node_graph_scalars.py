"""Scalar Node objects with a graph walked backwards, every node adding to its parents' grad."""
import numpy as np


class Node:
    def __init__(self, value, parents=()):
        self.value = value
        self.parents = parents      # pairs (node, local derivative)
        self.grad = 0.0

    def __add__(self, other):
        return Node(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Node(self.value * other.value, ((self, other.value), (other, self.value)))

    def tanh(self):
        t = np.tanh(self.value)
        return Node(t, ((self, 1 - t * t),))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.grad += node.grad * local


def build(p):
    """The graph and the leaves of each parameter."""
    leaves = {k: [[Node(v) for v in row] for row in a] for k, a in p.items()}
    total = Node(0.0)
    for x, t in data:
        hidden = []
        for row in leaves["w"]:
            s = row[-1]
            for w, xi in zip(row, x):
                s = s + w * Node(xi)
            hidden.append(s.tanh())
        out = leaves["v"][0][-1]
        for v, h in zip(leaves["v"][0], hidden):
            out = out + v * h
        diff = out + Node(-t)
        total = total + diff * diff
    return total, leaves


data = [((0.5, -1.0), 0.3), ((1.5, 0.2), -0.7), ((-0.4, 0.9), 1.1)]
np.random.seed(37)
params = {"w": np.random.randn(3, 3), "v": np.random.randn(1, 4)}


def loss(p):
    return build(p)[0].value


def gradients(p):
    total, leaves = build(p)
    total.backward()
    return {k: np.array([[n.grad for n in row] for row in rows]) for k, rows in leaves.items()}
