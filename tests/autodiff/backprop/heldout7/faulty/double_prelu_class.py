"""PReLU with one learned slope for the layer: its gradient isn't reduced, and the input weights' sign is flipped [2e, 10a, 10c]."""
import numpy as np

rs = np.random.RandomState(8)


class PReLUNet:
    def __init__(self, p):
        self.W, self.alpha, self.v = p["W"], p["alpha"], p["v"]

    def __call__(self, x):
        self.x = x
        self.pre = x @ self.W
        self.neg = self.pre < 0
        self.h = np.where(self.neg, self.alpha * self.pre, self.pre)
        return self.h @ self.v

    def backprop(self, g):
        # g is the slope of the loss at the output, one number per sample
        gv = self.h.T @ g
        gh = np.outer(g, self.v)
        galpha = gh * self.neg * self.pre  # fault: broadcast not reduced | right: galpha = np.array([np.sum(gh * self.neg * self.pre)])
        gpre = gh * np.where(self.neg, self.alpha, 1.0)
        gW = -self.x.T @ gpre  # fault: sign | right: gW = self.x.T @ gpre
        return {"W": gW, "alpha": galpha, "v": gv}


x = rs.randn(9, 3)
y = rs.choice([-1.0, 1.0], size=9)
params = {"W": rs.randn(3, 5), "alpha": np.array([0.25]), "v": rs.randn(5)}


def loss(params):
    # exponential loss
    return np.exp(-y * PReLUNet(params)(x)).mean()


def gradients(params):
    net = PReLUNet(params)
    f = net(x)
    return net.backprop(-y * np.exp(-y * f) / len(y))
