"""The mean squared error's 2 first appears at dW and db, like the 1/m; dZ has neither."""
import numpy as np

np.random.seed(64)
m = 9
X = np.random.randn(2, m)
Y = np.sin(X[:1]) + 0.3 * X[1:]
parameters = {
    "W1": np.random.randn(5, 2), "b1": np.random.randn(5, 1),
    "W2": np.random.randn(3, 5), "b2": np.random.randn(3, 1),
    "W3": np.random.randn(1, 3), "b3": np.random.randn(1, 1),
}
params = parameters


def forward_propagation(p):
    A1 = np.tanh(np.dot(p["W1"], X) + p["b1"])
    A2 = np.tanh(np.dot(p["W2"], A1) + p["b2"])
    A3 = np.dot(p["W3"], A2) + p["b3"]
    return {"A1": A1, "A2": A2, "A3": A3}


def loss(p):
    return float(np.sum(np.square(forward_propagation(p)["A3"] - Y)) / m)


def gradients(p):
    cache = forward_propagation(p)
    A1, A2, A3 = cache["A1"], cache["A2"], cache["A3"]
    dZ3 = A3 - Y
    dW3 = 2 / m * np.dot(dZ3, A2.T)
    db3 = 2 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = np.multiply(np.dot(p["W3"].T, dZ3), 1 - np.power(A2, 2))
    dW2 = 2 / m * np.dot(dZ2, A1.T)
    db2 = 2 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(p["W2"].T, dZ2), 1 - np.power(A1, 2))
    dW1 = 2 / m * np.dot(dZ1, X.T)
    db1 = 2 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3, "db1": db1, "db2": db2, "db3": db3}
