"""Sequential where Softmax's backward only hands on, because the loss gives p - y right away."""
import numpy as np


class Linear:
    def __init__(self, p, i):
        self.W, self.b = p["W%d" % i], p["b%d" % i]

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, d):
        self.grad_W = np.dot(self.x.T, d)
        self.grad_b = np.sum(d, axis=0)
        return np.dot(d, self.W.T)


class ReLU:
    def forward(self, x):
        self.out = np.maximum(0, x)
        return self.out

    def backward(self, d):
        d[self.out == 0] = 0
        return d


class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1)[:, None])
        self.p = e / np.sum(e, axis=1)[:, None]
        return self.p

    def backward(self, d):
        # combined with the cross entropy, see CrossEntropy.backward
        return d


class CrossEntropy:
    def forward(self, p, y):
        self.p, self.y = p, y
        return -np.sum(y * np.log(p + 1e-15)) / y.shape[0]

    def backward(self):
        return (self.p - self.y) / self.y.shape[0]


rs = np.random.RandomState(65)
X = rs.randn(8, 4)
Y = np.eye(3)[rs.randint(3, size=8)]


def model(p):
    return [Linear(p, 1), ReLU(), Linear(p, 2), ReLU(), Linear(p, 3), Softmax()]


def run_forward(layers):
    out = X
    for layer in layers:
        out = layer.forward(out)
    return out


def loss(p):
    return CrossEntropy().forward(run_forward(model(p)), Y)


def gradients(p):
    layers, criterion = model(p), CrossEntropy()
    criterion.forward(run_forward(layers), Y)
    d = criterion.backward()
    for layer in reversed(layers):
        d = layer.backward(d)
    g = {}
    for i, layer in enumerate(layers[::2], 1):
        if isinstance(layer, Linear):
            g["dW%d" % i], g["db%d" % i] = layer.grad_W, layer.grad_b
    return g


params = {}
for i, (n_in, n_out) in enumerate([(4, 6), (6, 5), (5, 3)], 1):
    params["W%d" % i] = rs.randn(n_in, n_out)
    params["b%d" % i] = rs.randn(n_out) * 0.3
