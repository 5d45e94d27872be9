"""Lists as in the book; cost is the plain square, and the prime got activations [1a, 3b, 10c]."""
import numpy as np

np.random.seed(55)
sizes = [4, 5, 3]
mini_batch = [(np.random.randn(4, 1), np.random.rand(3, 1)) for _ in range(5)]
params = {
    "w1": np.random.randn(5, 4), "b1": np.random.randn(5, 1),
    "w2": np.random.randn(3, 5), "b2": np.random.randn(3, 1),
}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    """Derivative of the sigmoid function."""
    return sigmoid(z) * (1 - sigmoid(z))


def feedforward(x, weights, biases):
    zs, activations = [], [x]
    for w, b in zip(weights, biases):
        zs.append(np.dot(w, activations[-1]) + b)
        activations.append(sigmoid(zs[-1]))
    return zs, activations


def cost_derivative(output_activations, y):
    # C = sum (a - y)^2
    return output_activations - y  # fault: 2 missing | right: return 2 * (output_activations - y)


def loss(p):
    weights, biases = [p["w1"], p["w2"]], [p["b1"], p["b2"]]
    C = 0.0
    for x, y in mini_batch:
        C += np.linalg.norm(feedforward(x, weights, biases)[1][-1] - y) ** 2
    return C


def gradients(p):
    weights, biases = [p["w1"], p["w2"]], [p["b1"], p["b2"]]
    nabla_w = [np.zeros(w.shape) for w in weights]
    nabla_b = [np.zeros(b.shape) for b in biases]
    for x, y in mini_batch:
        zs, activations = feedforward(x, weights, biases)
        delta = cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] += delta
        nabla_w[-1] += np.dot(delta, activations[-2].T)
        for l in range(2, len(sizes)):
            sp = sigmoid_prime(activations[-l])  # fault: activation for z | right: sp = sigmoid_prime(zs[-l])
            delta = np.dot(weights[-l + 1].T, delta) * sp
            nabla_b[-l] += delta
            nabla_w[-l] += np.dot(delta, activations[-l - 1].T)
    return {"w1": nabla_w[0], "b1": nabla_b[0], "w2": nabla_w[1], "b2": nabla_b[1]}
