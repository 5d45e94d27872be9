"""NeuralNetMLP with _forward and _compute: the l2 penalty in the cost counted 1/2, in the gradient doubled [1a]."""
import numpy as np

X_train = np.random.RandomState(206).normal(size=(6, 4))
y_enc = np.eye(3)[[0, 1, 2, 2, 1, 0]]
_r = np.random.RandomState(207)
params = {"w_h": _r.normal(0, 0.6, (4, 5)), "b_h": np.zeros(5) + 0.05, "w_out": _r.normal(0, 0.6, (5, 3)), "b_out": np.zeros(3)}


class NeuralNetMLP:
    def __init__(self, p, l2=0.1):
        self.l2 = l2
        self.w_h, self.b_h, self.w_out, self.b_out = p["w_h"], p["b_h"], p["w_out"], p["b_out"]

    def _sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def _forward(self, X):
        z_h = np.dot(X, self.w_h) + self.b_h
        a_h = self._sigmoid(z_h)
        z_out = np.dot(a_h, self.w_out) + self.b_out
        a_out = self._sigmoid(z_out)
        return z_h, a_h, z_out, a_out

    def _compute_cost(self, y_enc, output):
        L2_term = self.l2 / 2 * (np.sum(self.w_h**2.0) + np.sum(self.w_out**2.0))
        term1 = -y_enc * (np.log(output))
        term2 = (1.0 - y_enc) * np.log(1.0 - output)
        return np.sum(term1 - term2) + L2_term

    def _gradient(self, X, y_enc):
        z_h, a_h, z_out, a_out = self._forward(X)
        delta_out = a_out - y_enc
        sigmoid_derivative_h = a_h * (1.0 - a_h)
        delta_h = np.dot(delta_out, self.w_out.T) * sigmoid_derivative_h
        grad_w_h = np.dot(X.T, delta_h)
        grad_b_h = np.sum(delta_h, axis=0)
        grad_w_out = np.dot(a_h.T, delta_out)
        grad_b_out = np.sum(delta_out, axis=0)
        delta_w_h = grad_w_h + 2 * self.l2 * self.w_h  # fault: factor 2 too many in the decay | right: delta_w_h = grad_w_h + self.l2 * self.w_h
        delta_w_out = grad_w_out + 2 * self.l2 * self.w_out  # fault: factor 2 too many in the decay | right: delta_w_out = grad_w_out + self.l2 * self.w_out
        return {"w_h": delta_w_h, "b_h": grad_b_h, "w_out": delta_w_out, "b_out": grad_b_out}


def loss(p):
    nn = NeuralNetMLP(p)
    return nn._compute_cost(y_enc, nn._forward(X_train)[-1])


def gradients(p):
    return NeuralNetMLP(p)._gradient(X_train, y_enc)
