"""Nielsen's network.py, three weight layers: sp is computed and not multiplied in [4a]."""
import numpy as np

np.random.seed(3)
sizes = [3, 4, 4, 2]
data = [(np.random.randn(3, 1), np.random.rand(2, 1)) for _ in range(4)]
params = {}
for i, (x, y) in enumerate(zip(sizes[:-1], sizes[1:])):
    params[f"w{i}"] = np.random.randn(y, x)
    params[f"b{i}"] = np.random.randn(y, 1)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network(object):
    def __init__(self, params):
        self.num_layers = len(sizes)
        self.weights = [params[f"w{i}"] for i in range(self.num_layers - 1)]
        self.biases = [params[f"b{i}"] for i in range(self.num_layers - 1)]

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
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            z = zs[-l]
            sp = sigmoid_prime(z)
            delta = np.dot(self.weights[-l + 1].transpose(), delta)  # fault: activation's derivative missing | right: delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return (nabla_b, nabla_w)

    def cost_derivative(self, output_activations, y):
        return output_activations - y


def loss(params):
    net = Network(params)
    return sum(0.5 * np.sum((net.feedforward(x) - y) ** 2) for x, y in data) / len(data)


def gradients(params):
    net = Network(params)
    nabla_b = [np.zeros(b.shape) for b in net.biases]
    nabla_w = [np.zeros(w.shape) for w in net.weights]
    for x, y in data:
        delta_nabla_b, delta_nabla_w = net.backprop(x, y)
        nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b)]
        nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w)]
    grads = {f"w{i}": nw / len(data) for i, nw in enumerate(nabla_w)}
    grads.update({f"b{i}": nb / len(data) for i, nb in enumerate(nabla_b)})
    return grads
