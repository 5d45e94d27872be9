"""Fixed dropout mask: the cache kept A1 from before it, and a bias is decayed besides [5b, 9b, 10c]."""
import numpy as np

np.random.seed(44)
keep_prob = 0.6
lambd = 0.3
X = np.random.randn(3, 7)
Y = np.random.randint(0, 2, (1, 7))
D1 = (np.random.rand(5, 7) < keep_prob).astype(float)
params = {
    "W1": np.random.randn(5, 3), "b1": np.random.randn(5, 1),
    "W2": np.random.randn(1, 5), "b2": np.random.randn(1, 1),
}


def forward_propagation_with_dropout(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    A1_drop = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1_drop) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "A1_drop": A1_drop, "Z2": Z2, "A2": A2}
    return A2, cache


def loss(parameters):
    m = X.shape[1]
    A2, _ = forward_propagation_with_dropout(X, parameters)
    cross_entropy = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    l2 = lambd / (2 * m) * (np.sum(parameters["W1"] ** 2) + np.sum(parameters["W2"] ** 2))
    return cross_entropy + l2


def gradients(parameters):
    m = X.shape[1]
    A2, cache = forward_propagation_with_dropout(X, parameters)
    W1, W2 = parameters["W1"], parameters["W2"]

    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, cache["A1"].T) / m + lambd / m * W2  # fault: A1 before dropout | right: dW2 = np.dot(dZ2, cache["A1_drop"].T) / m + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1 / keep_prob
    dZ1 = dA1 * (1 - cache["A1"] ** 2)
    dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m + lambd / m * parameters["b1"]  # fault: biases aren't in the cost | right: db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
