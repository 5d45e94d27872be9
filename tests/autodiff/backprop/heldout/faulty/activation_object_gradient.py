"""Activation objects with __call__ and gradient: gradient() is handed the activation's result [3b]."""
import numpy as np

rng = np.random.RandomState(226)
X, y = rng.randn(6, 3), np.eye(2)[[0, 1, 1, 0, 1, 0]]
params = {"W": rng.randn(3, 4), "w0": rng.randn(1, 4), "V": rng.randn(4, 2), "v0": rng.randn(1, 2)}


class Sigmoid:
    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, x):
        return self.__call__(x) * (1 - self.__call__(x))


class Softmax:
    def __call__(self, x):
        e_x = np.exp(x - np.max(x, axis=-1, keepdims=True))
        return e_x / np.sum(e_x, axis=-1, keepdims=True)


class MultilayerPerceptron:
    def __init__(self, p):
        self.W, self.w0, self.V, self.v0 = p["W"], p["w0"], p["V"], p["v0"]
        self.hidden_activation = Sigmoid()
        self.output_activation = Softmax()

    def fit_step(self):
        hidden_input = X.dot(self.W) + self.w0
        hidden_output = self.hidden_activation(hidden_input)
        output_layer_input = hidden_output.dot(self.V) + self.v0
        y_pred = self.output_activation(output_layer_input)
        grad_wrt_out_l_input = y_pred - y
        grad_v = hidden_output.T.dot(grad_wrt_out_l_input)
        grad_v0 = np.sum(grad_wrt_out_l_input, axis=0, keepdims=True)
        grad_wrt_hidden_l_input = grad_wrt_out_l_input.dot(self.V.T) * self.hidden_activation.gradient(hidden_output)  # fault: activation passed where the weighted sum belongs | right: grad_wrt_hidden_l_input = grad_wrt_out_l_input.dot(self.V.T) * self.hidden_activation.gradient(hidden_input)
        grad_w = X.T.dot(grad_wrt_hidden_l_input)
        grad_w0 = np.sum(grad_wrt_hidden_l_input, axis=0, keepdims=True)
        return {"W": grad_w, "w0": grad_w0, "V": grad_v, "v0": grad_v0}

    def predict(self):
        hidden = self.hidden_activation(X.dot(self.W) + self.w0)
        return self.output_activation(hidden.dot(self.V) + self.v0)


def loss(p):
    return -np.sum(y * np.log(MultilayerPerceptron(p).predict()))


def gradients(p):
    return MultilayerPerceptron(p).fit_step()
