"""Nielsen's style, lists of weights: sigmoid_prime called with the activation [3b]."""
import numpy as np

rng = np.random.RandomState(12)
sizes = [2, 4, 3]
params = {}
for i, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:])):
    params[f"w{i}"] = rng.randn(n_out, n_in)
    params[f"b{i}"] = rng.randn(n_out, 1)
training_data = [(rng.randn(2, 1), rng.rand(3, 1)) for _ in range(5)]


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def loss(params):
    total = 0.0
    for x, y in training_data:
        a = x
        for i in range(2):
            a = sigmoid(np.dot(params[f"w{i}"], a) + params[f"b{i}"])
        total = total + 0.5 * np.sum((a - y) ** 2)
    return total


def backprop(weights, biases, x, y):
    activation = x
    activations = [x]
    zs = []
    for b, w in zip(biases, weights):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    nabla_b1, nabla_w1 = delta, np.dot(delta, activations[-2].T)
    sp = sigmoid_prime(activations[1])  # fault: activation passed where the weighted sum belongs | right: sp = sigmoid_prime(zs[0])
    delta = np.dot(weights[1].T, delta) * sp
    nabla_b0, nabla_w0 = delta, np.dot(delta, activations[0].T)
    return [nabla_w0, nabla_w1], [nabla_b0, nabla_b1]


def gradients(params):
    weights = [params["w0"], params["w1"]]
    biases = [params["b0"], params["b1"]]
    nabla = {k: np.zeros(v.shape) for k, v in params.items()}
    for x, y in training_data:
        dw, db = backprop(weights, biases, x, y)
        for i in range(2):
            nabla[f"w{i}"] = nabla[f"w{i}"] + dw[i]
            nabla[f"b{i}"] = nabla[f"b{i}"] + db[i]
    return nabla
