"""Network(sizes) after the online book, sample by sample; in the backward loop sigmoid_prime gets activations [3b]."""
import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network(object):
    def __init__(self, sizes, p):
        self.num_layers = len(sizes)
        self.weights = [p["w%d" % i] for i in range(1, self.num_layers)]
        self.biases = [p["b%d" % i] for i in range(1, self.num_layers)]

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
            sp = sigmoid_prime(activations[-l])  # fault: derivative at the activation | right: sp = sigmoid_prime(zs[-l])
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w


SIZES = [3, 4, 3, 2]
gen = np.random.RandomState(0)
training_data = [(gen.randn(3, 1), np.eye(2)[:, [k % 2]]) for k in range(5)]
params = {}
for i in range(1, len(SIZES)):
    params["w%d" % i] = gen.randn(SIZES[i], SIZES[i - 1])
    params["b%d" % i] = gen.randn(SIZES[i], 1)


def loss(p):
    net = Network(SIZES, p)
    return sum(0.5 * np.linalg.norm(net.feedforward(x) - y) ** 2 for x, y in training_data) / len(training_data)


def gradients(p):
    net = Network(SIZES, p)
    total = {k: np.zeros(v.shape) for k, v in p.items()}
    for x, y in training_data:
        delta_nabla_b, delta_nabla_w = net.backprop(x, y)
        for i in range(1, len(SIZES)):
            total["w%d" % i] += delta_nabla_w[i - 1] / len(training_data)
            total["b%d" % i] += delta_nabla_b[i - 1] / len(training_data)
    return total
