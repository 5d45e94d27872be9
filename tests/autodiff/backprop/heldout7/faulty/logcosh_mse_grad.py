"""Loss changed to log-cosh, the first delta still the squared error's [7a]."""
import numpy as np

np.random.seed(16)


class Net(object):
    def __init__(self, p):
        self.p = p

    def forward(self, inputs):
        self.l0 = inputs
        self.l1 = 1 / (1 + np.exp(-np.dot(self.l0, self.p["syn0"])))
        self.l2 = np.dot(self.l1, self.p["syn1"])
        return self.l2

    def backward(self, target):
        l2_error = self.l2 - target
        l2_delta = l2_error / len(target)  # fault: squared error's gradient under log-cosh | right: l2_delta = np.tanh(l2_error) / len(target)
        l1_error = l2_delta.dot(self.p["syn1"].T)
        l1_delta = l1_error * (self.l1 * (1 - self.l1))
        return {"syn0": self.l0.T.dot(l1_delta), "syn1": self.l1.T.dot(l2_delta)}


X = np.c_[np.random.randn(8, 2), np.ones(8)]
Y = np.random.randn(8, 2) * 2
params = {"syn0": 2 * np.random.random((3, 5)) - 1, "syn1": 2 * np.random.random((5, 2)) - 1}


def loss(params):
    out = Net(params).forward(X)
    return np.sum(np.log(np.cosh(out - Y))) / len(Y)


def gradients(params):
    net = Net(params)
    net.forward(X)
    return net.backward(Y)
