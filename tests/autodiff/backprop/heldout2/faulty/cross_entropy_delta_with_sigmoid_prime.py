"""network2.py: CrossEntropyCost.delta copied from QuadraticCost, sigmoid_prime and all [7b]."""
import numpy as np

np.random.seed(21)
sizes = [2, 4, 3]
xs = [np.random.randn(2, 1) for _ in range(3)]
ys = [np.eye(3)[:, [k]] for k in (2, 0, 1)]
params = {}
for k in range(2):
    params["w%d" % (k + 1)] = np.random.randn(sizes[k + 1], sizes[k]) / np.sqrt(sizes[k])
    params["b%d" % (k + 1)] = np.random.randn(sizes[k + 1], 1)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class CrossEntropyCost(object):
    @staticmethod
    def fn(a, y):
        return np.sum(np.nan_to_num(-y * np.log(a) - (1 - y) * np.log(1 - a)))

    @staticmethod
    def delta(z, a, y):
        return (a - y) * sigmoid_prime(z)  # fault: sigmoid' on top of a - y | right: return a - y


class Network(object):
    def __init__(self, weights, biases, cost=CrossEntropyCost):
        self.weights, self.biases, self.cost = weights, biases, cost

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def total_cost(self, data):
        cost = 0.0
        for x, y in data:
            cost += self.cost.fn(self.feedforward(x), y) / len(data)
        return cost

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = (self.cost).delta(zs[-1], activations[-1], y)
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        delta = np.dot(self.weights[-1].transpose(), delta) * sigmoid_prime(zs[-2])
        nabla_b[-2] = delta
        nabla_w[-2] = np.dot(delta, activations[-3].transpose())
        return nabla_b, nabla_w


def network(params):
    return Network([params["w1"], params["w2"]], [params["b1"], params["b2"]])


def loss(params):
    return network(params).total_cost(list(zip(xs, ys)))


def gradients(params):
    net = network(params)
    total = {k: np.zeros_like(v) for k, v in params.items()}
    for x, y in zip(xs, ys):
        nabla_b, nabla_w = net.backprop(x, y)
        for k in range(2):
            total["w%d" % (k + 1)] += nabla_w[k] / len(xs)
            total["b%d" % (k + 1)] += nabla_b[k] / len(xs)
    return total
