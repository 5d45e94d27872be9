"""Column samples, three layers: m read from X.shape[0] [1d]."""
import numpy as np

rng = np.random.RandomState(5)
train_x = rng.randn(3, 6)
train_y = rng.randn(2, 6)
params = {}
dims = [3, 5, 4, 2]
for l in range(1, len(dims)):
    params["W" + str(l)] = rng.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
    params["b" + str(l)] = 0.1 * rng.randn(dims[l], 1)


def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        A_prev = A
        Z = np.dot(parameters["W" + str(l)], A_prev) + parameters["b" + str(l)]
        A = np.tanh(Z) if l < L else Z
        caches.append((A_prev, Z))
    return A, caches


def loss(parameters):
    AL, _ = L_model_forward(train_x, parameters)
    m = train_y.shape[1]
    return 0.5 / m * np.sum(np.square(AL - train_y))


def gradients(parameters):
    AL, caches = L_model_forward(train_x, parameters)
    m = train_x.shape[0]  # fault: rows counted in place of columns | right: m = train_x.shape[1]
    L = len(caches)
    grads = {}
    dZ = AL - train_y
    for l in reversed(range(1, L + 1)):
        A_prev, Z = caches[l - 1]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dA_prev = np.dot(parameters["W" + str(l)].T, dZ)
            Z_prev = caches[l - 2][1]
            dZ = dA_prev * (1 - np.tanh(Z_prev) ** 2)
    return grads
