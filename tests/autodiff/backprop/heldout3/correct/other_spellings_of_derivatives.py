"""tanh' as 1/cosh^2, sigmoid' from exp(-z), the bias by a product with ones; residual y - a and minus at the end."""
import numpy as np

np.random.seed(41)
X = np.random.randn(4, 7)
Y = np.random.rand(2, 7)
params = {
    "W1": np.random.randn(5, 4) * 0.5, "b1": np.random.randn(5, 1),
    "W2": np.random.randn(3, 5) * 0.5, "b2": np.random.randn(3, 1),
    "W3": np.random.randn(2, 3) * 0.5, "b3": np.random.randn(2, 1),
}


def forward(p):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return Z1, A1, Z2, A2, Z3, A3


def loss(params):
    e = Y - forward(params)[-1]
    return 0.5 * np.trace(e @ e.T)


def dsig(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def gradients(params):
    Z1, A1, Z2, A2, Z3, A3 = forward(params)
    ones = np.ones((X.shape[1], 1))
    d3 = (Y - A3) * dsig(Z3)
    d2 = (params["W3"].T @ d3) * dsig(Z2)
    d1 = (params["W2"].T @ d2) / np.cosh(Z1) ** 2
    grads = {}
    for name, d, a in (("3", d3, A2), ("2", d2, A1), ("1", d1, X)):
        grads["dW" + name] = -(d @ a.T)
        grads["db" + name] = -(d @ ones)
    return grads
