"""Three relu layers of one width: Z2 masks the first layer, and the penalty's derivative kept a 2 that its half cancels [8b, 1a, 10c]."""
import numpy as np

np.random.seed(18)
X = np.random.randn(3, 8)
Y = np.random.randn(1, 8)
LAMBDA = 0.3
params = {
    "W1": np.random.randn(5, 3) * 0.8,
    "b1": np.random.randn(5, 1) * 0.2,
    "W2": np.random.randn(5, 5) * 0.8,
    "b2": np.random.randn(5, 1) * 0.2,
    "W3": np.random.randn(1, 5) * 0.8,
    "b3": np.random.randn(1, 1) * 0.2,
}


def relu(z):
    return np.where(z > 0, z, 0)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


def forward(P):
    Z1 = P["W1"] @ X + P["b1"]
    A1 = relu(Z1)
    Z2 = P["W2"] @ A1 + P["b2"]
    A2 = relu(Z2)
    Z3 = P["W3"] @ A2 + P["b3"]
    return Z1, A1, Z2, A2, Z3


def loss(params):
    Z3 = forward(params)[-1]
    m = X.shape[1]
    J = np.sum((Z3 - Y) ** 2) / (2 * m)
    for key in ("W1", "W2", "W3"):
        J += LAMBDA / (2 * m) * np.sum(params[key] ** 2)
    return J


def gradients(params):
    m = X.shape[1]
    z1, a1, z2, a2, z3 = forward(params)
    grads = {}

    dz3 = (z3 - Y) / m
    grads["dW3"] = dz3 @ a2.T
    grads["db3"] = dz3.sum(axis=1, keepdims=True)

    dz2 = (params["W3"].T @ dz3) * relu_prime(z2)
    grads["dW2"] = dz2 @ a1.T
    grads["db2"] = dz2.sum(axis=1, keepdims=True)

    dz1 = (params["W2"].T @ dz2) * relu_prime(z2)  # fault: mask of another layer | right: dz1 = (params["W2"].T @ dz2) * relu_prime(z1)
    grads["dW1"] = dz1 @ X.T
    grads["db1"] = dz1.sum(axis=1, keepdims=True)

    for key in ("W1", "W2", "W3"):
        grads["d" + key] += 2 * LAMBDA / m * params[key]  # fault: 2 and the half | right: grads["d" + key] += LAMBDA / m * params[key]
    return grads
