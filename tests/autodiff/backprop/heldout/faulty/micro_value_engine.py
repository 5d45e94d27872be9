"""A toy engine of array nodes with _backward closures: the product's closures forget to add [9a]."""
import numpy as np

g = np.random.default_rng(211)
inp, want = g.normal(size=(4, 3)), g.normal(size=(4, 3))
params = {"scale": g.normal(size=3), "shift": g.normal(size=3)}


class Node:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = np.zeros(np.shape(data))
        self.parents = parents
        self._backward = lambda: None

    def mul(self, other):
        out = Node(self.data * other.data, (self, other))

        def _backward():
            self.grad = other.data * out.grad  # fault: overwritten where a node is used twice | right: self.grad = self.grad + other.data * out.grad
            other.grad = other.grad + self.data * out.grad

        out._backward = _backward
        return out

    def add(self, other):
        out = Node(self.data + other.data, (self, other))

        def _backward():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad

        out._backward = _backward
        return out

    def tanh(self):
        out = Node(np.tanh(self.data), (self,))

        def _backward():
            self.grad = self.grad + (1 - out.data**2) * out.grad

        out._backward = _backward
        return out

    def backward(self, seed):
        order, seen = [], set()

        def visit(n):
            if id(n) not in seen:
                seen.add(id(n))
                for p in n.parents:
                    visit(p)
                order.append(n)

        visit(self)
        self.grad = seed
        for n in reversed(order):
            n._backward()


def loss(params):
    total = 0.0
    for row, t in zip(inp, want):
        h = np.tanh(params["scale"] * row + params["shift"])
        total = total + np.sum((params["scale"] * h + h - t) ** 2)
    return total


def gradients(params):
    scale, shift = Node(params["scale"]), Node(params["shift"])
    gs, gh = 0, 0
    for row, t in zip(inp, want):
        scale.grad, shift.grad = np.zeros(3), np.zeros(3)
        h = scale.mul(Node(row)).add(shift).tanh()
        y = scale.mul(h).add(h)
        y.backward(2 * (y.data - t))
        gs, gh = gs + scale.grad, gh + shift.grad
    return {"scale": gs, "shift": gh}
