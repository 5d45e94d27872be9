"""scikit-learn's manner: deltas undivided, coefs divided by n_samples, intercepts a mean."""
import numpy as np

rng = np.random.RandomState(1)
X = rng.normal(size=(8, 3))
y = np.eye(3)[rng.randint(0, 3, 8)]
alpha = 0.05
params = {
    "coefs_0": rng.uniform(-1, 1, (3, 5)),
    "intercepts_0": rng.uniform(-1, 1, 5),
    "coefs_1": rng.uniform(-1, 1, (5, 3)),
    "intercepts_1": rng.uniform(-1, 1, 3),
}


def inplace_tanh_derivative(Z, delta):
    delta *= 1 - Z**2


def inplace_softmax(X):
    tmp = X - X.max(axis=1)[:, np.newaxis]
    np.exp(tmp, out=X)
    X /= X.sum(axis=1)[:, np.newaxis]


class MLPClassifier:
    def __init__(self, params):
        self.coefs_ = [params["coefs_0"], params["coefs_1"]]
        self.intercepts_ = [params["intercepts_0"], params["intercepts_1"]]
        self.n_layers_ = 3

    def _forward_pass(self, activations):
        for i in range(self.n_layers_ - 1):
            activations[i + 1] = np.dot(activations[i], self.coefs_[i])
            activations[i + 1] += self.intercepts_[i]
            if (i + 1) != (self.n_layers_ - 1):
                np.tanh(activations[i + 1], out=activations[i + 1])
        inplace_softmax(activations[-1])
        return activations

    def _compute_loss_grad(self, layer, n_samples, activations, deltas, coef_grads, intercept_grads):
        coef_grads[layer] = np.dot(activations[layer].T, deltas[layer])
        coef_grads[layer] += alpha * self.coefs_[layer]
        coef_grads[layer] /= n_samples
        intercept_grads[layer] = np.mean(deltas[layer], 0)

    def _backprop(self, X, y):
        n_samples = X.shape[0]
        activations = self._forward_pass([X, None, None])
        loss = -np.sum(y * np.log(activations[-1])) / n_samples
        values = sum(np.dot(s.ravel(), s.ravel()) for s in self.coefs_)
        loss += (0.5 * alpha) * values / n_samples
        deltas, coef_grads, intercept_grads = [None] * 2, [None] * 2, [None] * 2
        last = self.n_layers_ - 2
        deltas[last] = activations[-1] - y
        self._compute_loss_grad(last, n_samples, activations, deltas, coef_grads, intercept_grads)
        for i in range(self.n_layers_ - 2, 0, -1):
            deltas[i - 1] = np.dot(deltas[i], self.coefs_[i].T)
            inplace_tanh_derivative(activations[i], deltas[i - 1])
            self._compute_loss_grad(i - 1, n_samples, activations, deltas, coef_grads, intercept_grads)
        return loss, coef_grads, intercept_grads


def loss(params):
    return MLPClassifier(params)._backprop(X, y)[0]


def gradients(params):
    _, coef_grads, intercept_grads = MLPClassifier(params)._backprop(X, y)
    return {
        "coefs_0": coef_grads[0],
        "coefs_1": coef_grads[1],
        "intercepts_0": intercept_grads[0],
        "intercepts_1": intercept_grads[1],
    }
