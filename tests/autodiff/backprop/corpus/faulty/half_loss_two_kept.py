"""Column samples, two layers, tanh, half squared error: the 2 that the half cancels is kept [1a]."""
import numpy as np

np_rng = np.random.RandomState(1)
n_x, n_h, n_y, m = 2, 4, 1, 7
X = np_rng.randn(n_x, m)
Y = np_rng.randn(n_y, m)
params = {
    "W1": np_rng.randn(n_h, n_x),
    "b1": np.full((n_h, 1), 0.1),
    "W2": np_rng.randn(n_y, n_h),
    "b2": np.full((n_y, 1), -0.2),
}


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    return Z2, {"Z1": Z1, "A1": A1, "Z2": Z2}


def loss(parameters):
    Z2, _ = forward_propagation(X, parameters)
    cost = np.sum((Z2 - Y) ** 2) / (2 * m)
    return cost


def gradients(parameters):
    Z2, cache = forward_propagation(X, parameters)
    A1 = cache["A1"]
    dZ2 = 2 * (Z2 - Y)  # fault: factor 2 too many | right: dZ2 = Z2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
