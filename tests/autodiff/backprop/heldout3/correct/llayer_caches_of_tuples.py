"""Linear and activation caches as tuples, popped from the end, with an activation name for each layer."""
import numpy as np

np.random.seed(3)
dims = [5, 4, 3, 1]
X = np.random.randn(5, 6)
Y = np.array([[1, 0, 1, 1, 0, 0]])
params = {}
for l in range(1, len(dims)):
    params["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) * 0.7
    params["b" + str(l)] = np.random.randn(dims[l], 1) * 0.2


def linear_activation_forward(A_prev, W, b, activation):
    Z = W.dot(A_prev) + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)
    return A, ((A_prev, W, b), Z)


def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    if activation == "relu":
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (1 - s)
    m = A_prev.shape[1]
    return W.T.dot(dZ), dZ.dot(A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def forward(parameters):
    caches, A = [], X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], "sigmoid" if l == L else "relu")
        caches.append(cache)
    return A, caches


def loss(params):
    AL, _ = forward(params)
    return np.squeeze(-np.dot(Y, np.log(AL).T) - np.dot(1 - Y, np.log(1 - AL).T)) / Y.shape[1]


def gradients(params):
    AL, caches = forward(params)
    grads = {}
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    L = len(caches)
    while caches:
        l = len(caches)
        dA, grads["dW" + str(l)], grads["db" + str(l)] = linear_activation_backward(
            dA, caches.pop(), "sigmoid" if l == L else "relu")
    return grads
