"""network2.py for a whole mini-batch as columns, negative indices, nabla_b by sum, eta / n applied after."""
import numpy as np

np.random.seed(12345)
sizes = [3, 4, 3, 2]
X = np.random.randn(3, 5)
Y = np.eye(2)[:, [0, 1, 1, 0, 1]]
lmbda = 0.6
params = {}
for k, (x, y) in enumerate(zip(sizes[:-1], sizes[1:])):
    params[f"weights{k}"] = np.random.randn(y, x) / np.sqrt(x)
    params[f"biases{k}"] = np.random.randn(y, 1)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Network(object):
    def __init__(self, params):
        self.num_layers = len(sizes)
        self.weights = [params[f"weights{k}"] for k in range(self.num_layers - 1)]
        self.biases = [params[f"biases{k}"] for k in range(self.num_layers - 1)]

    def total_cost(self, X, Y):
        a = X
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w @ a + b)
        n = X.shape[1]
        cost = np.sum(np.nan_to_num(-Y * np.log(a) - (1 - Y) * np.log(1 - a))) / n
        cost += 0.5 * (lmbda / n) * sum(np.linalg.norm(w) ** 2 for w in self.weights)
        return cost

    def backprop(self, X, Y):
        activation = X
        activations = [X]
        zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        nabla_b = [None] * (self.num_layers - 1)
        nabla_w = [None] * (self.num_layers - 1)
        delta = activations[-1] - Y
        nabla_b[-1] = np.sum(delta, axis=1, keepdims=True)
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sigmoid_prime(zs[-l])
            nabla_b[-l] = np.sum(delta, axis=1, keepdims=True)
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w


def loss(params):
    return Network(params).total_cost(X, Y)


def gradients(params):
    net = Network(params)
    n = X.shape[1]
    nabla_b, nabla_w = net.backprop(X, Y)
    grads = {}
    for k in range(net.num_layers - 1):
        grads[f"weights{k}"] = (nabla_w[k] + lmbda * net.weights[k]) / n
        grads[f"biases{k}"] = nabla_b[k] / n
    return grads
