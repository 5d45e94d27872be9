"""scikit-learn's manner, coefs_ and intercepts_: deltas carry 1/n already, the intercepts take their mean [2a]."""
import numpy as np

random_state = np.random.RandomState(11)
X = random_state.normal(size=(7, 3))
y = random_state.normal(size=(7, 2))
params = {
    "coefs_0": random_state.uniform(-1, 1, (3, 4)),
    "intercepts_0": random_state.uniform(-1, 1, 4),
    "coefs_1": random_state.uniform(-1, 1, (4, 2)),
    "intercepts_1": random_state.uniform(-1, 1, 2),
}


class MLPRegressor:
    def __init__(self, alpha=0.01):
        self.alpha = alpha

    def fit_coefs(self, params):
        self.coefs_ = [params["coefs_0"], params["coefs_1"]]
        self.intercepts_ = [params["intercepts_0"], params["intercepts_1"]]
        return self

    def _forward_pass(self, X):
        activations = [X]
        for i in range(2):
            z = activations[i] @ self.coefs_[i] + self.intercepts_[i]
            activations.append(np.tanh(z) if i == 0 else z)
        return activations

    def _loss(self, X, y):
        out = self._forward_pass(X)[-1]
        values = sum(np.sum(s**2) for s in self.coefs_)
        return np.sum((y - out) ** 2) / (2 * len(X)) + 0.5 * self.alpha * values / len(X)

    def _backprop(self, X, y):
        n_samples = X.shape[0]
        activations = self._forward_pass(X)
        deltas = [None, None]
        coef_grads, intercept_grads = [None, None], [None, None]
        deltas[1] = (activations[-1] - y) / n_samples
        deltas[0] = deltas[1] @ self.coefs_[1].T
        deltas[0] *= 1 - activations[1] ** 2
        for layer in range(2):
            coef_grads[layer] = activations[layer].T @ deltas[layer]
            coef_grads[layer] += self.alpha * self.coefs_[layer] / n_samples
            intercept_grads[layer] = np.mean(deltas[layer], 0)  # fault: mean in place of sum | right: intercept_grads[layer] = np.sum(deltas[layer], 0)
        return coef_grads, intercept_grads


def loss(params):
    return MLPRegressor().fit_coefs(params)._loss(X, y)


def gradients(params):
    coef_grads, intercept_grads = MLPRegressor().fit_coefs(params)._backprop(X, y)
    return {
        "coefs_0": coef_grads[0],
        "intercepts_0": intercept_grads[0],
        "coefs_1": coef_grads[1],
        "intercepts_1": intercept_grads[1],
    }
