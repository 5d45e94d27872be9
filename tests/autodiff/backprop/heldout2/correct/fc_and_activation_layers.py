"""Layer base class, FCLayer, ActivationLayer: one sample at a time, mse_prime divided by its own size."""
import numpy as np

np.random.seed(1)
x_train = np.array([[[0, 0]], [[0, 1]], [[1, 0]], [[1, 1]]]) + 0.1
y_train = np.array([[[0]], [[1]], [[1]], [[0]]])
params = {
    "weights1": np.random.rand(2, 3) - 0.5,
    "bias1": np.random.rand(1, 3) - 0.5,
    "weights2": np.random.rand(3, 1) - 0.5,
    "bias2": np.random.rand(1, 1) - 0.5,
}


class Layer:
    def __init__(self):
        self.input = None
        self.output = None


class FCLayer(Layer):
    def __init__(self, weights, bias):
        super().__init__()
        self.weights = weights
        self.bias = bias
        self.grads = [0 * weights, 0 * bias]

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward_propagation(self, output_error):
        input_error = np.dot(output_error, self.weights.T)
        weights_error = np.dot(self.input.T, output_error)
        self.grads[0] += weights_error
        self.grads[1] += output_error
        return input_error


class ActivationLayer(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = self.activation(self.input)
        return self.output

    def backward_propagation(self, output_error):
        return self.activation_prime(self.input) * output_error


class Network:
    def __init__(self, layers):
        self.layers = layers

    def run(self, x):
        for layer in self.layers:
            x = layer.forward_propagation(x)
        return x


tanh = np.tanh
tanh_prime = lambda x: 1 - np.tanh(x) ** 2
mse = lambda y_true, y_pred: np.mean(np.power(y_true - y_pred, 2))
mse_prime = lambda y_true, y_pred: 2 * (y_pred - y_true) / y_true.size


def build(p):
    return Network(
        [
            FCLayer(p["weights1"], p["bias1"]),
            ActivationLayer(tanh, tanh_prime),
            FCLayer(p["weights2"], p["bias2"]),
            ActivationLayer(tanh, tanh_prime),
        ]
    )


def loss(p):
    net = build(p)
    err = 0
    for j in range(len(x_train)):
        err += mse(y_train[j], net.run(x_train[j]))
    return err / len(x_train)


def gradients(p):
    net = build(p)
    for j in range(len(x_train)):
        output = net.run(x_train[j])
        error = mse_prime(y_train[j], output)
        for layer in reversed(net.layers):
            error = layer.backward_propagation(error)
    n = len(x_train)
    return {
        "weights1": net.layers[0].grads[0] / n,
        "bias1": net.layers[0].grads[1] / n,
        "weights2": net.layers[2].grads[0] / n,
        "bias2": net.layers[2].grads[1] / n,
    }
