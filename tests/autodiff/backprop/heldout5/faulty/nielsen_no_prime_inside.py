"""A network of the book's kind; walking back through the hidden layers the sp was dropped [4a]."""
import numpy as np

sizes = [3, 4, 3, 2]
rs = np.random.RandomState(5)
training_data = [(rs.randn(3, 1), rs.rand(2, 1)) for _ in range(4)]
params = {}
for l, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
    params["w%d" % l] = rs.randn(n_out, n_in)
    params["b%d" % l] = rs.randn(n_out, 1)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network(object):
    def __init__(self, p):
        self.num_layers = len(sizes)
        self.weights = [p["w%d" % l] for l in range(1, self.num_layers)]
        self.biases = [p["b%d" % l] for l in range(1, self.num_layers)]

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


def loss(p):
    net = Network(p)
    return sum(0.5 * np.sum((net.feedforward(x) - y) ** 2) for x, y in training_data) / len(training_data)


def gradients(p):
    net = Network(p)
    total_b = [np.zeros(b.shape) for b in net.biases]
    total_w = [np.zeros(w.shape) for w in net.weights]
    for x, y in training_data:
        delta_b, delta_w = net.backprop(x, y)
        total_b = [nb + dnb for nb, dnb in zip(total_b, delta_b)]
        total_w = [nw + dnw for nw, dnw in zip(total_w, delta_w)]
    n = len(training_data)
    grads = {"w%d" % (i + 1): nw / n for i, nw in enumerate(total_w)}
    grads.update({"b%d" % (i + 1): nb / n for i, nb in enumerate(total_b)})
    return grads
