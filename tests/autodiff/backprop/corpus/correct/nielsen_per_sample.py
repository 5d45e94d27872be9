"""Nielsen's network as a class: lists of weights, nablas summed over the samples."""
import numpy as np

rng = np.random.RandomState(108)
data = [(rng.randn(3, 1), np.eye(2)[:, [k]]) for k in (0, 1, 1, 0, 1)]
params = {"b1": rng.randn(4, 1), "b2": rng.randn(2, 1), "w1": rng.randn(4, 3), "w2": rng.randn(2, 4)}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network:
    def __init__(self, biases, weights):
        self.num_layers = len(biases) + 1
        self.biases = biases
        self.weights = weights

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
            z = zs[-l]
            sp = sigmoid_prime(z)
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w


def network(params):
    return Network([params["b1"], params["b2"]], [params["w1"], params["w2"]])


def loss(params):
    net = network(params)
    return sum(0.5 * np.linalg.norm(net.feedforward(x) - y) ** 2 for x, y in data)


def gradients(params):
    net = network(params)
    nabla_b = [np.zeros(b.shape) for b in net.biases]
    nabla_w = [np.zeros(w.shape) for w in net.weights]
    for x, y in data:
        delta_nabla_b, delta_nabla_w = net.backprop(x, y)
        nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b)]
        nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w)]
    return {"b1": nabla_b[0], "b2": nabla_b[1], "w1": nabla_w[0], "w2": nabla_w[1]}
