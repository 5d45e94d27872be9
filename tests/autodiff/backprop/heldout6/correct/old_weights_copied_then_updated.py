"""Functional training step: W2 is stepped first, but the hidden delta uses the copy from before; error is y - output."""
import numpy as np

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0, 1, 1, 0]], dtype=float).T
np.random.seed(1)
params = {"syn0": 2 * np.random.random((3, 4)) - 1, "syn1": 2 * np.random.random((4, 1)) - 1}


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


class Trask:
    def __init__(self, syn0, syn1):
        self.syn0 = syn0.copy()
        self.syn1 = syn1.copy()

    def output(self):
        self.l0 = X
        self.l1 = nonlin(np.dot(self.l0, self.syn0))
        self.l2 = nonlin(np.dot(self.l1, self.syn1))
        return self.l2

    def step(self):
        self.output()
        syn1_before = self.syn1.copy()
        l2_error = y - self.l2
        l2_delta = l2_error * nonlin(self.l2, deriv=True)
        self.syn1 += self.l1.T.dot(l2_delta)
        l1_error = l2_delta.dot(syn1_before.T)
        l1_delta = l1_error * nonlin(self.l1, deriv=True)
        self.syn0 += self.l0.T.dot(l1_delta)


def loss(params):
    return 0.5 * np.sum((y - Trask(**params).output()) ** 2)


def gradients(params):
    net = Trask(**params)
    net.step()
    return {"syn0": params["syn0"] - net.syn0, "syn1": params["syn1"] - net.syn1}
