"""XOR with samples in columns: the 2 of the mean square is gone and w2 is multiplied elementwise [1a, 6c, 10c]."""
import numpy as np

np.random.seed(19)


class XorNet:
    x = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    y = np.array([[0.0, 1.0, 1.0, 0.0]])

    def __init__(self, w1, b1, w2, b2):
        self.w1, self.b1, self.w2, self.b2 = w1, b1, w2, b2

    @staticmethod
    def act(z):
        return 1 / (1 + np.exp(-z))

    def feedforward(self):
        self.a1 = self.act(self.w1.dot(self.x) + self.b1)
        self.a2 = self.act(self.w2.dot(self.a1) + self.b2)

    def mse(self):
        self.feedforward()
        return np.mean((self.a2 - self.y) ** 2)

    def backprop(self):
        self.feedforward()
        n = self.y.size
        # output
        self.e2 = (self.a2 - self.y) / n  # fault: 2 missing | right: self.e2 = 2 * (self.a2 - self.y) / n
        self.d2 = self.e2 * self.a2 * (1 - self.a2)
        # hidden
        self.e1 = self.w2 * self.d2  # fault: elementwise product | right: self.e1 = self.w2.T.dot(self.d2)
        self.d1 = self.e1 * self.a1 * (1 - self.a1)
        return {
            "w1": self.d1.dot(self.x.T),
            "b1": self.d1.sum(axis=1, keepdims=True),
            "w2": self.d2.dot(self.a1.T),
            "b2": self.d2.sum(axis=1, keepdims=True),
        }


def loss(params):
    return XorNet(**params).mse()


def gradients(params):
    return XorNet(**params).backprop()


params = {
    "w1": np.random.randn(4, 2),
    "b1": np.random.randn(4, 1),
    "w2": np.random.randn(1, 4),
    "b2": np.random.randn(1, 1),
}
