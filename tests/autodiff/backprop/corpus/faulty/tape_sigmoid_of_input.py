"""A tape of closures: sigmoid's derivative x(1-x) at the input [3a]."""
import numpy as np

gen = np.random.RandomState(318)
xs, ys = gen.randn(5, 3), gen.rand(5, 2)
params = {"A": gen.randn(3, 4), "B": gen.randn(4, 2), "s": gen.randn(1, 4)}


class Var:
    def __init__(self, data):
        self.data, self.grad = data, np.zeros(np.shape(data))


class Tape:
    def __init__(self):
        self.steps = []

    def matmul(self, a, b):
        out = Var(a.data @ b.data)

        def back():
            a.grad = a.grad + out.grad @ b.data.T
            b.grad = b.grad + a.data.T @ out.grad

        self.steps.append(back)
        return out

    def scale(self, a, s):
        out = Var(a.data * s.data)

        def back():
            a.grad = a.grad + out.grad * s.data
            s.grad = s.grad + (out.grad * a.data).sum(axis=0, keepdims=True)

        self.steps.append(back)
        return out

    def sigmoid(self, a):
        out = Var(1 / (1 + np.exp(-a.data)))
        self.steps.append(lambda: setattr(a, "grad", a.grad + out.grad * a.data * (1 - a.data)))  # fault: taken at the input | right: self.steps.append(lambda: setattr(a, "grad", a.grad + out.grad * out.data * (1 - out.data)))
        return out

    def backward(self, out, seed):
        out.grad = seed
        while self.steps:
            self.steps.pop()()


def net(p, tape):
    leaves = {k: Var(v) for k, v in p.items()}
    hidden = tape.sigmoid(tape.scale(tape.matmul(Var(xs), leaves["A"]), leaves["s"]))
    return leaves, tape.sigmoid(tape.matmul(hidden, leaves["B"]))


def loss(p):
    out = 1 / (1 + np.exp(-((1 / (1 + np.exp(-((xs @ p["A"]) * p["s"])))) @ p["B"])))
    return -np.sum(ys * np.log(out) + (1 - ys) * np.log(1 - out)) / len(xs)


def gradients(p):
    tape = Tape()
    leaves, out = net(p, tape)
    tape.backward(out, (out.data - ys) / (out.data * (1 - out.data)) / len(xs))
    return {k: leaf.grad for k, leaf in leaves.items()}
