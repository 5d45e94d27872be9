"""Modules with forward and backward, LeakyReLU looks at the sign of the incoming gradient [8a]."""
import numpy as np

np.random.seed(5)


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, inp):
        self.inp = inp
        return inp.dot(self.w) + self.b

    def backward(self, grad_output):
        self.grad_w = self.inp.T.dot(grad_output)
        self.grad_b = grad_output.sum(axis=0)
        return grad_output.dot(self.w.T)


class LeakyReLU:
    def __init__(self, slope=0.1):
        self.slope = slope

    def forward(self, inp):
        self.inp = inp
        return np.where(inp > 0, inp, self.slope * inp)

    def backward(self, grad_output):
        grad_input = grad_output.copy()
        grad_input[grad_output <= 0] *= self.slope  # fault: mask from the gradient | right: grad_input[self.inp <= 0] *= self.slope
        return grad_input


class L1Smooth:
    """sqrt(1 + d^2) - 1, a soft absolute error"""

    def forward(self, pred, target):
        self.d = pred - target
        return np.mean(np.sqrt(1 + self.d ** 2) - 1)

    def backward(self):
        return self.d / np.sqrt(1 + self.d ** 2) / self.d.size


X = np.random.randn(6, 4)
T = np.random.randn(6, 3)
params = {
    "W1": np.random.randn(4, 5) * 0.7, "b1": np.random.randn(5) * 0.3,
    "W2": np.random.randn(5, 3) * 0.7, "b2": np.random.randn(3) * 0.3,
}


def build(params):
    return [Linear(params["W1"], params["b1"]), LeakyReLU(), Linear(params["W2"], params["b2"])]


def forward(net, x):
    for layer in net:
        x = layer.forward(x)
    return x


def loss(params):
    return L1Smooth().forward(forward(build(params), X), T)


def gradients(params):
    net = build(params)
    criterion = L1Smooth()
    criterion.forward(forward(net, X), T)
    grad = criterion.backward()
    for layer in net[::-1]:
        grad = layer.backward(grad)
    return {"W1": net[0].grad_w, "b1": net[0].grad_b, "W2": net[2].grad_w, "b2": net[2].grad_b}
