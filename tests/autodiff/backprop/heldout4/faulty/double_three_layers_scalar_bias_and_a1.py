"""Three sigmoid layers: one bias summed to a single number, and a1 under the last weights [2b, 5a, 10c]."""
import numpy as np

np.random.seed(88)
x = np.random.randn(6, 3)
target = np.random.rand(6, 2)


def sig(z):
    return 1 / (1 + np.exp(-z))


class ThreeLayer:
    def __init__(self, p):
        for name, value in p.items():
            setattr(self, name, value)

    def run(self, x):
        self.a0 = x
        self.a1 = sig(np.dot(self.a0, self.W1) + self.b1)
        self.a2 = sig(np.dot(self.a1, self.W2) + self.b2)
        self.a3 = sig(np.dot(self.a2, self.W3) + self.b3)
        return self.a3

    def learn(self, target):
        d3 = (self.a3 - target) * self.a3 * (1 - self.a3)
        d2 = np.dot(d3, self.W3.T) * self.a2 * (1 - self.a2)
        d1 = np.dot(d2, self.W2.T) * self.a1 * (1 - self.a1)

        self.dW3 = np.dot(self.a1.T, d3)  # fault: a1 under the last layer | right: self.dW3 = np.dot(self.a2.T, d3)
        self.dW2 = np.dot(self.a1.T, d2)
        self.dW1 = np.dot(self.a0.T, d1)
        self.db3 = np.sum(d3, axis=0, keepdims=True)
        self.db2 = np.sum(d2, keepdims=True)  # fault: sum over all axes | right: self.db2 = np.sum(d2, axis=0, keepdims=True)
        self.db1 = np.sum(d1, axis=0, keepdims=True)


def loss(p):
    return np.sum((ThreeLayer(p).run(x) - target) ** 2) / 2


def gradients(p):
    net = ThreeLayer(p)
    net.run(x)
    net.learn(target)
    return {name: getattr(net, "d" + name) for name in p}


params = {
    "W1": np.random.randn(3, 4), "b1": np.random.randn(1, 4),
    "W2": np.random.randn(4, 4), "b2": np.random.randn(1, 4),
    "W3": np.random.randn(4, 2), "b3": np.random.randn(1, 2),
}
