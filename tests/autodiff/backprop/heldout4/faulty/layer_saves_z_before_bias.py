"""Layer class saving z before the bias went in, so the prime looks at another point [5b]."""
import numpy as np

rng = np.random.default_rng(33)
data = rng.normal(size=(6, 3))
target = rng.uniform(size=(6, 2))

sigmoid = lambda z: 1 / (1 + np.exp(-z))
sigmoid_prime = lambda z: sigmoid(z) * (1 - sigmoid(z))


class Layer:
    def __init__(self, w, b):
        self.w = w
        self.b = b

    def feed(self, x):
        self.x = x
        self.z = x @ self.w  # fault: cached z has no bias | right: self.z = x @ self.w + self.b
        self.a = sigmoid(x @ self.w + self.b)
        return self.a

    def backprop(self, da):
        dz = da * sigmoid_prime(self.z)
        self.grad_w = self.x.T @ dz
        self.grad_b = dz.sum(axis=0)
        return dz @ self.w.T


def make_layers(p):
    return [Layer(p["w0"], p["b0"]), Layer(p["w1"], p["b1"]), Layer(p["w2"], p["b2"])]


def loss(p):
    a = data
    for layer in make_layers(p):
        a = layer.feed(a)
    return np.sum((a - target) ** 2)


def gradients(p):
    layers = make_layers(p)
    a = data
    for layer in layers:
        a = layer.feed(a)
    da = 2 * (a - target)
    for layer in layers[::-1]:
        da = layer.backprop(da)
    grads = {}
    for i, layer in enumerate(layers):
        grads["dw%d" % i] = layer.grad_w
        grads["db%d" % i] = layer.grad_b
    return grads


sizes = [3, 4, 3, 2]
params = {}
for i in range(3):
    params["w%d" % i] = rng.normal(size=(sizes[i], sizes[i + 1]))
    params["b%d" % i] = rng.normal(size=sizes[i + 1])
