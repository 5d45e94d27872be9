"""Loop over samples: tanh' written 1 - h, and the input weights keep just the last sample [3d, 9a, 10c]."""
import numpy as np

rs = np.random.RandomState(27)
samples = [rs.randn(3, 1) for _ in range(5)]
answers = [rs.randn(2, 1) for _ in range(5)]


class TinyNet:
    def __init__(self, p):
        self.p = p
        self.acc = {k: np.zeros_like(v) for k, v in p.items()}

    def predict(self, x):
        self.x = x
        self.h = np.tanh(self.p["U"] @ x + self.p["c"])
        self.o = self.p["V"] @ self.h + self.p["d"]
        return self.o

    def accumulate(self, t):
        do = self.o - t
        self.acc["V"] += do @ self.h.T
        self.acc["d"] += do
        dh = self.p["V"].T @ do
        da = dh * (1 - self.h)  # fault: tanh' is 1 - h squared | right: da = dh * (1 - self.h ** 2)
        self.acc["U"] = da @ self.x.T  # fault: earlier samples lost | right: self.acc["U"] += da @ self.x.T
        self.acc["c"] += da


def loss(p):
    net = TinyNet(p)
    return sum(0.5 * float(np.sum((net.predict(x) - t) ** 2)) for x, t in zip(samples, answers)) / len(samples)


def gradients(p):
    net = TinyNet(p)
    for x, t in zip(samples, answers):
        net.predict(x)
        net.accumulate(t)
    return {k: v / len(samples) for k, v in net.acc.items()}


params = {
    "U": rs.randn(4, 3) * 0.6,
    "c": rs.randn(4, 1) * 0.3,
    "V": rs.randn(2, 4),
    "d": rs.randn(2, 1),
}
