"""Modules with train-time buffers, SiLU forward, sigmoid's derivative backward [3e]."""
import numpy as np

rng = np.random.default_rng(88)
inputs = rng.standard_normal((6, 4))
labels = rng.standard_normal((6, 2))
params = {
    "fc1.weight": rng.standard_normal((5, 4)) * 0.6,
    "fc1.bias": rng.standard_normal(5) * 0.1,
    "fc2.weight": rng.standard_normal((2, 5)) * 0.6,
    "fc2.bias": rng.standard_normal(2) * 0.1,
}


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, grad_output):
        self.weight_grad = grad_output.T @ self.x
        self.bias_grad = grad_output.sum(0)
        return grad_output @ self.weight


class SiLU:
    def forward(self, x):
        self.x = x
        self.sig = 1 / (1 + np.exp(-x))
        return x * self.sig

    def backward(self, grad_output):
        return grad_output * self.sig * (1 - self.sig)  # fault: sigmoid's derivative for SiLU's | right: return grad_output * (self.sig + self.x * self.sig * (1 - self.sig))


class Net:
    def __init__(self, p):
        self.fc1 = Linear(p["fc1.weight"], p["fc1.bias"])
        self.act = SiLU()
        self.fc2 = Linear(p["fc2.weight"], p["fc2.bias"])

    def forward(self, x):
        return self.fc2.forward(self.act.forward(self.fc1.forward(x)))

    def backward(self, grad):
        return self.fc1.backward(self.act.backward(self.fc2.backward(grad)))


def loss(p):
    return np.mean((Net(p).forward(inputs) - labels) ** 2)


def gradients(p):
    net = Net(p)
    out = net.forward(inputs)
    net.backward(2 * (out - labels) / labels.size)
    return {
        "fc1.weight": net.fc1.weight_grad,
        "fc1.bias": net.fc1.bias_grad,
        "fc2.weight": net.fc2.weight_grad,
        "fc2.bias": net.fc2.bias_grad,
    }
