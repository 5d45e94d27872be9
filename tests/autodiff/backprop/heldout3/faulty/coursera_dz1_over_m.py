"""Week 3 exercise 6: the 1/m also goes into dZ1 in steps, so dW1 and db1 fail the test [1c]."""
import numpy as np

rng = np.random.RandomState(1)
X_assess = rng.randn(2, 5)
Y_assess = (rng.randn(1, 5) > 0).astype(float)
params = {
    "W1": rng.randn(4, 2),
    "b1": rng.randn(4, 1) * 0.3,
    "W2": rng.randn(1, 4),
    "b2": rng.randn(1, 1) * 0.3,
}


def forward_propagation(X, parameters):
    W1 = parameters['W1']
    b1 = parameters['b1']
    W2 = parameters['W2']
    b2 = parameters['b2']

    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1.0 / (1.0 + np.exp(-Z2))

    return A2, {'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = -(1 / m) * np.sum(logprobs)
    return float(cost)


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W1 = parameters['W1']
    W2 = parameters['W2']
    A1 = cache['A1']
    A2 = cache['A2']

    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)

    # three steps: product, g1', product
    back = np.dot(W2.T, dZ2)
    g1_prime = 1 - np.power(A1, 2)
    dZ1 = (1 / m) * np.multiply(back, g1_prime)  # fault: 1/m twice | right: dZ1 = np.multiply(back, g1_prime)
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)

    grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}
    return grads


def loss(params):
    A2, _ = forward_propagation(X_assess, params)
    return compute_cost(A2, Y_assess)


def gradients(params):
    _, cache = forward_propagation(X_assess, params)
    return backward_propagation(params, cache, X_assess, Y_assess)
