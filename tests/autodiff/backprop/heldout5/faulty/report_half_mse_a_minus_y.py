"""Report that took over the lab's A2 - Y, while its cost is a half squared error of a sigmoid [7a]."""
import numpy as np

np.random.seed(8)
m = 7
X = np.random.randn(3, m)
Y = np.random.rand(1, m)
params = {
    "W1": np.random.randn(4, 3), "b1": np.random.randn(4, 1),
    "W2": np.random.randn(1, 4), "b2": np.random.randn(1, 1),
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def loss(parameters):
    # cost of eq. (4): J = 1/(2m) * sum (a - y)^2
    A2 = forward(parameters)["A2"]
    return np.sum((A2 - Y) ** 2) / (2 * m)


def gradients(parameters):
    cache = forward(parameters)
    A1, A2 = cache["A1"], cache["A2"]

    dZ2 = A2 - Y  # fault: the cross entropy's shortcut | right: dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.multiply(np.dot(parameters["W2"].T, dZ2), 1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return grads
