"""Rows, one method per layer number: sigmoid' in the bias and on the way down, not in W2 [4b]."""
import numpy as np

rng = np.random.RandomState(229)
inp, lab = rng.rand(6, 2), rng.rand(6, 1)
params = {"W1": rng.randn(2, 3), "B1": rng.randn(3), "W2": rng.randn(3, 1), "B2": rng.randn(1)}


class Brain:
    def think(self, p):
        self.p = p
        self.layer1 = 1 / (1 + np.exp(-(inp.dot(p["W1"]) + p["B1"])))
        self.out = 1 / (1 + np.exp(-(self.layer1.dot(p["W2"]) + p["B2"])))
        return ((lab - self.out) ** 2).sum()

    def learn(self):
        miss = 2 * (self.out - lab)
        slope = self.out * (1 - self.out)
        gW2 = np.dot(self.layer1.T, miss)  # fault: sigmoid' left out of dW only | right: gW2 = np.dot(self.layer1.T, miss * slope)
        gB2 = (miss * slope).sum(axis=0)
        blame = np.dot(miss * slope, self.p["W2"].T) * self.layer1 * (1 - self.layer1)
        return dict(W1=inp.T.dot(blame), B1=blame.sum(axis=0), W2=gW2, B2=gB2)


brain = Brain()


def loss(p):
    return brain.think(p)


def gradients(p):
    brain.think(p)
    return brain.learn()
