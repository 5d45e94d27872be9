"""Layer classes: the sigmoid layer returns its own derivative and drops what comes from above [4c]."""
import numpy as np

rng = np.random.default_rng(18)
X = rng.normal(size=(6, 2))
Y = rng.normal(size=(6, 1))
params = {"W1": rng.normal(size=(2, 3)), "b1": rng.normal(size=3), "W2": rng.normal(size=(3, 1)), "b2": rng.normal(size=1)}


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, inp):
        self.inp = inp
        self.out = inp @ self.w + self.b
        return self.out

    def backward(self, grad):
        self.grad_w = self.inp.T @ grad
        self.grad_b = grad.sum(0)
        return grad @ self.w.T


class Sigmoid:
    def forward(self, inp):
        self.out = 1 / (1 + np.exp(-inp))
        return self.out

    def backward(self, grad):
        return self.out * (1 - self.out)  # fault: upstream gradient missing | right: return grad * self.out * (1 - self.out)


class MSE:
    def forward(self, pred, target):
        self.diff = pred - target
        return (self.diff**2).mean()

    def backward(self):
        return 2 * self.diff / self.diff.size


class Model:
    def __init__(self, p):
        self.layers = [Linear(p["W1"], p["b1"]), Sigmoid(), Linear(p["W2"], p["b2"])]
        self.criterion = MSE()

    def __call__(self, x, y):
        for layer in self.layers:
            x = layer.forward(x)
        return self.criterion.forward(x, y)

    def backward(self):
        grad = self.criterion.backward()
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)


def loss(p):
    return Model(p)(X, Y)


def gradients(p):
    model = Model(p)
    model(X, Y)
    model.backward()
    first, _, second = model.layers
    return {"W1_grad": first.grad_w, "b1_grad": first.grad_b, "W2_grad": second.grad_w, "b2_grad": second.grad_b}
