"""Layer class, square layer: the weight's gradient takes the layer's output where its input belongs [5d]."""
import numpy as np

rng = np.random.default_rng(23)
X = rng.normal(size=(5, 3))
Y = rng.normal(size=(5, 3))
params = {"w1": rng.normal(size=(3, 3)), "w2": rng.normal(size=(3, 3))}


class TanhLayer:
    def __init__(self, weight):
        self.weight = weight

    def __call__(self, x):
        self.input = x
        self.output = np.tanh(x @ self.weight)
        return self.output

    def backward(self, grad_output):
        grad_z = grad_output * (1 - self.output**2)
        self.grad_weight = self.output.T @ grad_z  # fault: the layer's output where its input belongs | right: self.grad_weight = self.input.T @ grad_z
        return grad_z @ self.weight.T


def loss(params):
    first, second = TanhLayer(params["w1"]), TanhLayer(params["w2"])
    return 0.5 * ((second(first(X)) - Y) ** 2).sum()


def gradients(params):
    first, second = TanhLayer(params["w1"]), TanhLayer(params["w2"])
    grad = second(first(X)) - Y
    grad = second.backward(grad)
    first.backward(grad)
    return {"w1": first.grad_weight, "w2": second.grad_weight}
