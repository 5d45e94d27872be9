"""MNIST from scratch with a params and a cache dict, columns: dW3 copied with A1 left in it [5a]."""
import numpy as np

np.random.seed(138)
m = 6
X = np.random.randn(5, m)
digits = np.array([0, 1, 2, 1, 0, 2])
Y = np.eye(3)[digits].T
n_h = 4
params = {
    "W1": np.random.randn(n_h, 5) * np.sqrt(1.0 / 5),
    "b1": np.random.randn(n_h, 1) * 0.1,
    "W2": np.random.randn(n_h, n_h) * np.sqrt(1.0 / n_h),
    "b2": np.random.randn(n_h, 1) * 0.1,
    "W3": np.random.randn(3, n_h) * np.sqrt(1.0 / n_h),
    "b3": np.random.randn(3, 1) * 0.1,
}


def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-z))
    return s


def compute_loss(Y, Y_hat):
    L_sum = np.sum(np.multiply(Y, np.log(Y_hat)))
    return -(1.0 / m) * L_sum


def feed_forward(X, params):
    cache = {}
    cache["Z1"] = np.matmul(params["W1"], X) + params["b1"]
    cache["A1"] = sigmoid(cache["Z1"])
    cache["Z2"] = np.matmul(params["W2"], cache["A1"]) + params["b2"]
    cache["A2"] = sigmoid(cache["Z2"])
    cache["Z3"] = np.matmul(params["W3"], cache["A2"]) + params["b3"]
    cache["A3"] = np.exp(cache["Z3"]) / np.sum(np.exp(cache["Z3"]), axis=0)
    return cache


def back_propagate(X, Y, params, cache):
    dZ3 = cache["A3"] - Y
    dW3 = (1.0 / m) * np.matmul(dZ3, cache["A1"].T)  # fault: A1 where A2 belongs | right: dW3 = (1.0 / m) * np.matmul(dZ3, cache["A2"].T)
    db3 = (1.0 / m) * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.matmul(params["W3"].T, dZ3)
    dZ2 = dA2 * sigmoid(cache["Z2"]) * (1 - sigmoid(cache["Z2"]))
    dW2 = (1.0 / m) * np.matmul(dZ2, cache["A1"].T)
    db2 = (1.0 / m) * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.matmul(params["W2"].T, dZ2)
    dZ1 = dA1 * sigmoid(cache["Z1"]) * (1 - sigmoid(cache["Z1"]))
    dW1 = (1.0 / m) * np.matmul(dZ1, X.T)
    db1 = (1.0 / m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def loss(params):
    return compute_loss(Y, feed_forward(X, params)["A3"])


def gradients(params):
    return back_propagate(X, Y, params, feed_forward(X, params))
