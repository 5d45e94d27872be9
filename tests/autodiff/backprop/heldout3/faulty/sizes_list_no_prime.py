"""Network(sizes) with weight lists and column vectors, the hidden deltas lack the sigmoid's slope [4a]."""
import numpy as np

sizes = [3, 4, 4, 2]
rng = np.random.RandomState(17)
params = {}
for l in range(1, len(sizes)):
    params["W" + str(l)] = rng.randn(sizes[l], sizes[l - 1])
    params["b" + str(l)] = rng.randn(sizes[l], 1)
training_data = [(rng.randn(3, 1), rng.rand(2, 1)) for _ in range(4)]


class Network(object):
    def __init__(self, p):
        self.num_layers = len(sizes)
        self.weights = [p["W" + str(l)] for l in range(1, self.num_layers)]
        self.biases = [p["b" + str(l)] for l in range(1, self.num_layers)]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation = x
        activations = [x]
        zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].transpose(), delta)  # fault: sigmoid' left out | right: delta = np.dot(self.weights[-l + 1].transpose(), delta) * sigmoid_prime(zs[-l])
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def loss(p):
    net = Network(p)
    return sum(0.5 * np.sum((net.feedforward(x) - y) ** 2) for x, y in training_data) / len(training_data)


def gradients(p):
    net = Network(p)
    grads = {name: np.zeros_like(v) for name, v in p.items()}
    for x, y in training_data:
        nb, nw = net.backprop(x, y)
        for l in range(1, len(sizes)):
            grads["W" + str(l)] += nw[l - 1] / len(training_data)
            grads["b" + str(l)] += nb[l - 1] / len(training_data)
    return grads
