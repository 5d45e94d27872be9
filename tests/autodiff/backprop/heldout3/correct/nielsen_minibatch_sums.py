"""Per-sample backprop in columns with lists and negative indices, cross-entropy cost, sums divided once."""
import numpy as np

rng = np.random.default_rng(20)
sizes = [4, 5, 3]
mini_batch = [(rng.normal(size=(4, 1)), np.eye(3)[:, [k % 3]]) for k in range(5)]
params = {
    "w1": rng.normal(size=(5, 4)), "b1": rng.normal(size=(5, 1)),
    "w2": rng.normal(size=(3, 5)), "b2": rng.normal(size=(3, 1)),
}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def loss(params):
    total = 0.0
    for x, y in mini_batch:
        a = sigmoid(params["w2"] @ sigmoid(params["w1"] @ x + params["b1"]) + params["b2"])
        total += np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a))
    return total / len(mini_batch)


def backprop(x, y, biases, weights):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activations, zs = [x], []
    for b, w in zip(biases, weights):
        zs.append(np.dot(w, activations[-1]) + b)
        activations.append(sigmoid(zs[-1]))
    delta = activations[-1] - y
    nabla_b[-1] = delta
    nabla_w[-1] = np.dot(delta, activations[-2].T)
    for l in range(2, len(sizes)):
        delta = np.dot(weights[-l + 1].T, delta) * sigmoid_prime(zs[-l])
        nabla_b[-l] = delta
        nabla_w[-l] = np.dot(delta, activations[-l - 1].T)
    return nabla_b, nabla_w


def gradients(params):
    biases, weights = [params["b1"], params["b2"]], [params["w1"], params["w2"]]
    sum_b = [np.zeros_like(b) for b in biases]
    sum_w = [np.zeros_like(w) for w in weights]
    for x, y in mini_batch:
        d_b, d_w = backprop(x, y, biases, weights)
        sum_b = [s + d for s, d in zip(sum_b, d_b)]
        sum_w = [s + d for s, d in zip(sum_w, d_w)]
    n = len(mini_batch)
    return {"dw1": sum_w[0] / n, "db1": sum_b[0] / n, "dw2": sum_w[1] / n, "db2": sum_b[1] / n}
