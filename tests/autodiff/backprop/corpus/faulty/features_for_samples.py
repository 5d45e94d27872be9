"""Linear regression: divided by the number of features, not of samples [1d]."""
import numpy as np

rng = np.random.default_rng(4)
X = rng.normal(size=(8, 3))
y = X @ np.array([1.0, -2.0, 0.5]) + 0.1 * rng.normal(size=8)
params = {"theta": rng.normal(size=3), "bias": rng.normal(size=())}


def predict(X, theta, bias):
    return X.dot(theta) + bias


def loss(params):
    residual = predict(X, params["theta"], params["bias"]) - y
    return np.sum(residual**2) / (2 * len(y))


def gradients(params):
    residual = predict(X, params["theta"], params["bias"]) - y
    n = X.shape[1]  # fault: features counted in place of samples | right: n = X.shape[0]
    grad_theta = X.T.dot(residual) / n
    grad_bias = residual.sum() / n
    return {"grad_theta": grad_theta, "grad_bias": grad_bias}
