"""Loop over layers, columns: shortcut under a squared error, and the cached A_prev is the layer's own Z [7a, 5d, 10c]."""
import numpy as np

rng = np.random.RandomState(67)
X, Y = rng.randn(4, 5), rng.rand(4, 5)
params = {"W1": rng.randn(4, 4) * 0.7, "b1": rng.randn(4, 1), "W2": rng.randn(4, 4) * 0.7, "b2": rng.randn(4, 1)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params):
    A, caches = X, []
    for l in (1, 2):
        A_prev = A
        Z = params["W" + str(l)] @ A_prev + params["b" + str(l)]
        A = sigmoid(Z)
        caches.append({"A_prev": A_prev, "Z": Z, "A": A})
    caches[0]["A_prev"] = caches[0]["Z"]  # fault: Z stored under A_prev | right: pass
    return A, caches


def loss(params):
    AL, _ = forward(params)
    return np.mean((AL - Y) ** 2)


def gradients(params):
    AL, caches = forward(params)
    grads = {}
    dZ = 2 * (AL - Y) / AL.size  # fault: cross-entropy shortcut under a squared error | right: dZ = 2 * (AL - Y) / AL.size * AL * (1 - AL)
    for l in (2, 1):
        cache = caches[l - 1]
        grads["dW" + str(l)] = dZ @ cache["A_prev"].T
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True)
        if l == 2:
            dA = params["W2"].T @ dZ
            dZ = dA * caches[0]["A"] * (1 - caches[0]["A"])
    return grads
