"""deeplearning.ai with lambd, columns: dW1 without its decay, and db2 a mean divided again [9c, 2a, 10c]."""
import numpy as np

np.random.seed(1)
lambd = 0.9
X = np.random.randn(3, 5)
Y = np.array([[1, 1, 0, 1, 0]])
params = {
    "W1": np.random.randn(2, 3),
    "b1": np.random.randn(2, 1),
    "W2": np.random.randn(3, 2),
    "b2": np.random.randn(3, 1),
    "W3": np.random.randn(1, 3),
    "b3": np.random.randn(1, 1),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(0, x)


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy_cost = np.sum(-np.log(A3) * Y - np.log(1 - A3) * (1 - Y)) / m
    L2_cost = sum(np.sum(np.square(parameters[k])) for k in ("W1", "W2", "W3")) * lambd / (2 * m)
    return cross_entropy_cost + L2_cost


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1.0 / m * np.mean(dZ2, axis=1, keepdims=True)  # fault: mean in place of sum | right: db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)  # fault: decay missing | right: dW1 = 1.0 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


def loss(params):
    A3, _ = forward_propagation(X, params)
    return compute_cost_with_regularization(A3, Y, params, lambd)


def gradients(params):
    _, cache = forward_propagation(X, params)
    return backward_propagation_with_regularization(X, Y, cache, lambd)
