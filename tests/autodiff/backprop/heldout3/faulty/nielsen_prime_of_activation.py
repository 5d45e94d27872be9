"""Port of the handwritten-digits book's backprop, sigmoid_prime gets the activation of the hidden layers [3b]."""
import numpy as np

rng = np.random.default_rng(12)
sizes = [3, 5, 4, 2]
num_layers = len(sizes)
training_data = [(rng.normal(size=(3, 1)), rng.uniform(size=(2, 1))) for _ in range(5)]

params = {}
for i, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
    params["w%d" % i] = rng.normal(size=(n_out, n_in))
    params["b%d" % i] = rng.normal(size=(n_out, 1))


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def feedforward(params, a):
    for i in range(1, num_layers):
        a = sigmoid(np.dot(params["w%d" % i], a) + params["b%d" % i])
    return a


def loss(params):
    return sum(0.5 * np.sum((feedforward(params, x) - y) ** 2) for x, y in training_data) / len(training_data)


def backprop(weights, biases, x, y):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activation = x
    activations = [x]
    zs = []
    for b, w in zip(biases, weights):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    nabla_b[-1] = delta
    nabla_w[-1] = np.dot(delta, activations[-2].transpose())
    for l in range(2, num_layers):
        sp = sigmoid_prime(activations[-l])  # fault: activation for weighted sum | right: sp = sigmoid_prime(zs[-l])
        delta = np.dot(weights[-l + 1].transpose(), delta) * sp
        nabla_b[-l] = delta
        nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
    return nabla_b, nabla_w


def gradients(params):
    weights = [params["w%d" % i] for i in range(1, num_layers)]
    biases = [params["b%d" % i] for i in range(1, num_layers)]
    total_b = [np.zeros(b.shape) for b in biases]
    total_w = [np.zeros(w.shape) for w in weights]
    for x, y in training_data:
        delta_nabla_b, delta_nabla_w = backprop(weights, biases, x, y)
        total_b = [nb + dnb for nb, dnb in zip(total_b, delta_nabla_b)]
        total_w = [nw + dnw for nw, dnw in zip(total_w, delta_nabla_w)]
    grads = {}
    for i in range(1, num_layers):
        grads["dw%d" % i] = total_w[i - 1] / len(training_data)
        grads["db%d" % i] = total_b[i - 1] / len(training_data)
    return grads
