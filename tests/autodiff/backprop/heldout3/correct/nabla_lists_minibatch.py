"""Per-sample backprop with lists of nablas and negative indices, cross-entropy cost."""
import numpy as np

sizes = [4, 5, 3, 2]
rng = np.random.RandomState(19)
params = {}
for i in range(len(sizes) - 1):
    params["w" + str(i)] = rng.randn(sizes[i + 1], sizes[i]) / np.sqrt(sizes[i])
    params["b" + str(i)] = rng.randn(sizes[i + 1], 1)
mini_batch = [(rng.randn(4, 1), np.eye(2)[:, [k % 2]]) for k in range(5)]
n = len(sizes) - 1


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def loss(p):
    cost = 0.0
    for a, y in mini_batch:
        for i in range(n):
            a = sigmoid(np.dot(p["w" + str(i)], a) + p["b" + str(i)])
        cost += np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a)) / len(mini_batch)
    return cost


def gradients(p):
    weights = [p["w" + str(i)] for i in range(n)]
    biases = [p["b" + str(i)] for i in range(n)]
    nabla_w = [np.zeros(w.shape) for w in weights]
    nabla_b = [np.zeros(b.shape) for b in biases]
    for x, y in mini_batch:
        zs, activations = [], [x]
        for w, b in zip(weights, biases):
            zs.append(np.dot(w, activations[-1]) + b)
            activations.append(sigmoid(zs[-1]))
        delta = activations[-1] - y
        for l in range(1, n + 1):
            if l > 1:
                delta = np.dot(weights[-l + 1].T, delta) * sigmoid_prime(zs[-l])
            nabla_b[-l] = nabla_b[-l] + delta
            nabla_w[-l] = nabla_w[-l] + np.dot(delta, activations[-l - 1].T)
    out = {}
    for i in range(n):
        out["w" + str(i)] = nabla_w[i] / len(mini_batch)
        out["b" + str(i)] = nabla_b[i] / len(mini_batch)
    return out
