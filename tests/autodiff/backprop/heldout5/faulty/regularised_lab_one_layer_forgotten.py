"""L2 was added to the cost of all three layers, and the gradient of the middle one never heard of it [9c]."""
import numpy as np

np.random.seed(6)
lambd = 0.7
X = np.random.randn(3, 5)
Y = np.array([[1, 0, 1, 0, 0]])
parameters = {}
layers_dims = [3, 4, 3, 1]
for i in range(1, len(layers_dims)):
    parameters["W" + str(i)] = np.random.randn(layers_dims[i], layers_dims[i - 1])
    parameters["b" + str(i)] = np.random.randn(layers_dims[i], 1) * 0.3
params = parameters


def relu(z):
    return np.maximum(0, z)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(X, parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    z1 = np.dot(W1, X) + b1
    a1 = relu(z1)
    z2 = np.dot(W2, a1) + b2
    a2 = relu(z2)
    z3 = np.dot(W3, a2) + b3
    a3 = sigmoid(z3)
    return a3, (z1, a1, W1, b1, z2, a2, W2, b2, z3, a3, W3, b3)


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy_cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    L2_regularization_cost = lambd / (2 * m) * sum(np.sum(np.square(parameters[W])) for W in ("W1", "W2", "W3"))
    return cross_entropy_cost + L2_regularization_cost


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)  # fault: decay left out | right: dW2 = 1.0 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}


def loss(p):
    A3, _ = forward_propagation(X, p)
    return compute_cost_with_regularization(A3, Y, p, lambd)


def gradients(p):
    _, cache = forward_propagation(X, p)
    return backward_propagation_with_regularization(X, Y, cache, lambd)
