"""L layers with a list of caches, rows of weights per unit, dZ masked in place, 1/m in the linear part."""
import numpy as np

layer_dims = [3, 5, 4, 1]
np.random.seed(3)
L = len(layer_dims) - 1
params = {}
for l in range(1, L + 1):
    params["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.7
    params["b" + str(l)] = np.random.randn(layer_dims[l], 1) * 0.2
X = np.random.randn(3, 6)
Y = np.array([[1, 0, 1, 1, 0, 0]])


def L_model_forward(X, parameters):
    caches = []
    A = X
    for l in range(1, L + 1):
        A_prev = A
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = W.dot(A_prev) + b
        A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
        caches.append(((A_prev, W, b), Z))
    return A, caches


def loss(parameters):
    AL, _ = L_model_forward(X, parameters)
    m = Y.shape[1]
    cost = -1 / m * (np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T))
    return float(np.squeeze(cost))


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1.0 / m * np.dot(dZ, A_prev.T)
    db = 1.0 / m * np.sum(dZ, axis=1, keepdims=True)
    return np.dot(W.T, dZ), dW, db


def gradients(parameters):
    AL, caches = L_model_forward(X, parameters)
    grads = {}
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        linear_cache, Z = caches[l]
        if l == L - 1:
            s = 1 / (1 + np.exp(-Z))
            dZ = dA * s * (1 - s)
        else:
            dZ = np.array(dA, copy=True)
            dZ[Z <= 0] = 0
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, linear_cache)
    return grads
