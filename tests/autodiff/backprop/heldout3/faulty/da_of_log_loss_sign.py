"""L-layer with dAL spelled out: the two fractions of the log loss have lost the minus between them and in front [10a]."""
import numpy as np

np.random.seed(9)
X = np.random.rand(8, 3)
Y = np.random.randint(0, 2, (8, 1))
nn_architecture = [
    {"input_dim": 3, "output_dim": 5, "activation": "relu"},
    {"input_dim": 5, "output_dim": 4, "activation": "relu"},
    {"input_dim": 4, "output_dim": 1, "activation": "sigmoid"},
]
params = {}
for idx, layer in enumerate(nn_architecture, 1):
    params["W" + str(idx)] = np.random.randn(layer["output_dim"], layer["input_dim"]) * 0.9
    params["b" + str(idx)] = np.random.randn(layer["output_dim"], 1) * 0.3


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def full_forward_propagation(X, params_values):
    memory = {}
    A_curr = X
    for idx, layer in enumerate(nn_architecture, 1):
        A_prev = A_curr
        Z_curr = np.dot(params_values["W" + str(idx)], A_prev) + params_values["b" + str(idx)]
        A_curr = np.maximum(0, Z_curr) if layer["activation"] == "relu" else sigmoid(Z_curr)
        memory["A" + str(idx - 1)] = A_prev
        memory["Z" + str(idx)] = Z_curr
    return A_curr, memory


def full_backward_propagation(Y_hat, Y, memory, params_values):
    grads_values = {}
    m = Y.shape[1]
    dA_prev = np.divide(Y, Y_hat) - np.divide(1 - Y, 1 - Y_hat)  # fault: sign | right: dA_prev = -(np.divide(Y, Y_hat) - np.divide(1 - Y, 1 - Y_hat))
    for layer_idx_prev, layer in reversed(list(enumerate(nn_architecture))):
        layer_idx_curr = layer_idx_prev + 1
        dA_curr = dA_prev
        A_prev = memory["A" + str(layer_idx_prev)]
        Z_curr = memory["Z" + str(layer_idx_curr)]
        W_curr = params_values["W" + str(layer_idx_curr)]
        if layer["activation"] == "relu":
            dZ_curr = np.array(dA_curr, copy=True)
            dZ_curr[Z_curr <= 0] = 0
        else:
            sig = sigmoid(Z_curr)
            dZ_curr = dA_curr * sig * (1 - sig)
        grads_values["dW" + str(layer_idx_curr)] = np.dot(dZ_curr, A_prev.T) / m
        grads_values["db" + str(layer_idx_curr)] = np.sum(dZ_curr, axis=1, keepdims=True) / m
        dA_prev = np.dot(W_curr.T, dZ_curr)
    return grads_values


def loss(params):
    Y_hat, _ = full_forward_propagation(X.T, params)
    T = Y.T
    m = Y_hat.shape[1]
    cost = -1 / m * (np.dot(T, np.log(Y_hat).T) + np.dot(1 - T, np.log(1 - Y_hat).T))
    return np.squeeze(cost)


def gradients(params):
    Y_hat, memory = full_forward_propagation(X.T, params)
    return full_backward_propagation(Y_hat, Y.T, memory, params)
