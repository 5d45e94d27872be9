"""Tiny scalar graph with += into grad; one neuron's value is used by two consumers."""
import numpy as np


class Value:
    def __init__(self, data, children=()):
        self.data = float(data)
        self.grad = 0.0
        self.children = children
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Value(t, (self,))

        def _backward():
            self.grad += (1 - t * t) * out.grad
        out._backward = _backward
        return out

    def backward(self):
        topo, seen = [], set()

        def walk(v):
            if id(v) not in seen:
                seen.add(id(v))
                for c in v.children:
                    walk(c)
                topo.append(v)
        walk(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()


xs = [[0.5, -1.0], [1.5, 0.3], [-0.7, 0.8]]
ys = [0.2, -0.4, 0.6]


def total_loss(p):
    W = [[Value(w) for w in row] for row in p["W"]]
    v = [Value(w) for w in p["v"]]
    total = Value(0.0)
    for x, y in zip(xs, ys):
        out = Value(-y)
        for row, vj in zip(W, v):
            h = (row[0] * Value(x[0]) + row[1] * Value(x[1]) + row[2]).tanh()
            out = out + vj * h
        total = total + out * out
    return total, W, v


def loss(p):
    return total_loss(p)[0].data


def gradients(p):
    total, W, v = total_loss(p)
    total.backward()
    return {"W": np.array([[w.grad for w in row] for row in W]), "v": np.array([w.grad for w in v])}


params = {
    "W": np.array([[0.4, -0.6, 0.1], [0.9, 0.2, -0.3], [-0.5, 0.7, 0.6]]),
    "v": np.array([0.8, -0.7, 0.5]),
}
