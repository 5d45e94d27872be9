"""A loop over layers, grads["dW" + str(l)], dictionaries of activations, dA handed on."""
import numpy as np

np.random.seed(11)
layers = [4, 6, 5, 3]
L = len(layers) - 1
X = np.random.randn(4, 8)
Y = np.eye(3)[np.random.randint(0, 3, 8)].T
params = {}
for l in range(1, L + 1):
    params["W" + str(l)] = np.random.randn(layers[l], layers[l - 1]) / np.sqrt(layers[l - 1])
    params["b" + str(l)] = 0.1 * np.random.randn(layers[l], 1)


def forward(params):
    store = {"A0": X}
    A = X.T
    for l in range(L - 1):
        Z = params["W" + str(l + 1)].dot(A.T) + params["b" + str(l + 1)]
        A = np.maximum(Z, 0).T
        store["A" + str(l + 1)] = A.T
        store["Z" + str(l + 1)] = Z
    Z = params["W" + str(L)].dot(A.T) + params["b" + str(L)]
    expZ = np.exp(Z - np.max(Z))
    store["A" + str(L)] = expZ / expZ.sum(axis=0, keepdims=True)
    return store


def loss(params):
    AL = forward(params)["A" + str(L)]
    return -np.mean((Y * np.log(AL)).sum(axis=0))


def gradients(params):
    store = forward(params)
    n = X.shape[1]
    derivatives = {}
    dZ = store["A" + str(L)] - Y
    derivatives["dW" + str(L)] = dZ.dot(store["A" + str(L - 1)].T) / n
    derivatives["db" + str(L)] = np.sum(dZ, axis=1, keepdims=True) / n
    dAPrev = params["W" + str(L)].T.dot(dZ)
    for l in range(L - 1, 0, -1):
        dZ = dAPrev * np.where(store["Z" + str(l)] > 0, 1.0, 0.0)
        derivatives["dW" + str(l)] = 1.0 / n * dZ.dot(store["A" + str(l - 1)].T)
        derivatives["db" + str(l)] = 1.0 / n * np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dAPrev = params["W" + str(l)].T.dot(dZ)
    return derivatives
