"""Deep network in a loop; the bias gradient sums the weight gradient that was just stored [2d]."""
import numpy as np

np.random.seed(7)
layers_dims = [4, 5, 3, 1]
X = np.random.randn(4, 9)
Y = np.random.randint(0, 2, (1, 9))
L = len(layers_dims) - 1

params = {}
for l in range(1, L + 1):
    params["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) / np.sqrt(layers_dims[l - 1])
    params["b" + str(l)] = np.random.randn(layers_dims[l], 1) * 0.2


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def L_model_forward(X, parameters):
    caches = {"A0": X}
    A = X
    for l in range(1, L):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        A = np.tanh(Z)
        caches["A" + str(l)] = A
    ZL = np.dot(parameters["W" + str(L)], A) + parameters["b" + str(L)]
    AL = sigmoid(ZL)
    caches["A" + str(L)] = AL
    return AL, caches


def L_model_backward(AL, Y, caches, parameters):
    grads = {}
    m = AL.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        A_prev = caches["A" + str(l - 1)]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(grads["dW" + str(l)], axis=1, keepdims=True)  # fault: bias from dW | right: grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dA_prev = np.dot(parameters["W" + str(l)].T, dZ)
            dZ = dA_prev * (1 - A_prev ** 2)
    return grads


def loss(params):
    AL, _ = L_model_forward(X, params)
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def gradients(params):
    AL, caches = L_model_forward(X, params)
    return L_model_backward(AL, Y, caches, params)
