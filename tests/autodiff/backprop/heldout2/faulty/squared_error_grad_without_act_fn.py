"""Library-like layers with static losses: SquaredError.grad returns y_pred - y under a sigmoid [7a]."""
import numpy as np

rs = np.random.RandomState(64)
X, Y = rs.randn(6, 3), rs.rand(6, 2)
params = {"W1": rs.randn(3, 4), "b1": rs.randn(1, 4) * 0.1, "W2": rs.randn(4, 2), "b2": rs.randn(1, 2) * 0.1}


class Sigmoid:
    def fn(self, z):
        return 1 / (1 + np.exp(-z))

    def grad(self, z):
        fn_z = self.fn(z)
        return fn_z * (1 - fn_z)


class Tanh:
    def fn(self, z):
        return np.tanh(z)

    def grad(self, z):
        return 1 - np.tanh(z) ** 2


class SquaredError:
    @staticmethod
    def loss(y, y_pred):
        return 0.5 * np.linalg.norm(y_pred - y) ** 2

    @staticmethod
    def grad(y, y_pred, z, act_fn):
        return y_pred - y  # fault: the output's activation left out, cross entropy's shortcut | right: return (y_pred - y) * act_fn.grad(z)


class FullyConnected:
    def __init__(self, W, b, act_fn):
        self.parameters = {"W": W, "b": b}
        self.gradients = {"W": np.zeros_like(W), "b": np.zeros_like(b)}
        self.act_fn = act_fn

    def forward(self, X):
        self.X = X
        self.Z = X @ self.parameters["W"] + self.parameters["b"]
        return self.act_fn.fn(self.Z)

    def backward_from_z(self, dZ):
        self.gradients["W"] += self.X.T @ dZ
        self.gradients["b"] += dZ.sum(axis=0, keepdims=True)
        return dZ @ self.parameters["W"].T

    def backward(self, dLdy):
        return self.backward_from_z(dLdy * self.act_fn.grad(self.Z))


def build(p):
    return FullyConnected(p["W1"], p["b1"], Tanh()), FullyConnected(p["W2"], p["b2"], Sigmoid())


def loss(p):
    fc1, fc2 = build(p)
    return SquaredError.loss(Y, fc2.forward(fc1.forward(X)))


def gradients(p):
    fc1, fc2 = build(p)
    y_pred = fc2.forward(fc1.forward(X))
    dLdZ = SquaredError.grad(Y, y_pred, fc2.Z, fc2.act_fn)
    fc1.backward(fc2.backward_from_z(dLdZ))
    return {
        "W1": fc1.gradients["W"],
        "b1": fc1.gradients["b"],
        "W2": fc2.gradients["W"],
        "b2": fc2.gradients["b"],
    }
