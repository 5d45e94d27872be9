"""Graph of nodes where a hidden value is read twice; the product node writes over one gradient [9a]."""
import numpy as np


class Node:
    def __init__(self, value, parents=()):
        self.value = np.asarray(value, dtype=float)
        self.parents = parents
        self.grad = np.zeros_like(self.value)

    def backward(self):
        pass


class MatMul(Node):
    def __init__(self, a, b):
        super().__init__(a.value @ b.value, (a, b))

    def backward(self):
        a, b = self.parents
        a.grad += self.grad @ b.value.T
        b.grad += a.value.T @ self.grad


class Mul(Node):
    def __init__(self, a, b):
        super().__init__(a.value * b.value, (a, b))

    def backward(self):
        a, b = self.parents
        a.grad = self.grad * b.value  # fault: written over | right: a.grad = a.grad + self.grad * b.value
        b.grad += self.grad * a.value


class Sigmoid(Node):
    def __init__(self, a):
        super().__init__(1 / (1 + np.exp(-a.value)), (a,))

    def backward(self):
        self.parents[0].grad += self.grad * self.value * (1 - self.value)


class SumSquares(Node):
    def __init__(self, a, target):
        self.diff = a.value - target
        super().__init__(np.sum(self.diff ** 2), (a,))

    def backward(self):
        self.parents[0].grad += self.grad * 2 * self.diff


np.random.seed(14)
X = np.random.randn(5, 3)
T = np.random.rand(5, 2)
params = {"W1": np.random.randn(3, 4), "Wg": np.random.randn(4, 4), "W2": np.random.randn(4, 2)}


def graph(p):
    x, W1, Wg, W2 = Node(X), Node(p["W1"]), Node(p["Wg"]), Node(p["W2"])
    h = Sigmoid(MatMul(x, W1))
    gate = Sigmoid(MatMul(h, Wg))
    gated = Mul(h, gate)
    both = MatMul(gated, W2)
    skip = MatMul(h, W2)
    cost = SumSquares(both, T)
    cost2 = SumSquares(skip, T)
    # topological order
    order = [h.parents[0], h, gate.parents[0], gate, gated, both, cost, skip, cost2]
    return order, cost, cost2, {"W1": W1, "Wg": Wg, "W2": W2}


def loss(p):
    _, cost, cost2, _ = graph(p)
    return float(cost.value + cost2.value)


def gradients(p):
    order, cost, cost2, leaves = graph(p)
    cost.grad = np.ones(())
    cost2.grad = np.ones(())
    for node in reversed(order):
        node.backward()
    return {k: leaf.grad for k, leaf in leaves.items()}
