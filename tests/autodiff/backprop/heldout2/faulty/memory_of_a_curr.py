"""Plain NumPy with an architecture list and a memory dict, columns: dW takes A_curr for A_prev [5d]."""
import numpy as np

nn_architecture = [
    {"input_dim": 3, "output_dim": 3, "activation": "sigmoid"},
    {"input_dim": 3, "output_dim": 3, "activation": "sigmoid"},
    {"input_dim": 3, "output_dim": 3, "activation": "sigmoid"},
]
np.random.seed(99)
params = {}
for idx, layer in enumerate(nn_architecture):
    params["W" + str(idx + 1)] = np.random.randn(layer["output_dim"], layer["input_dim"]) * 0.9
    params["b" + str(idx + 1)] = np.random.randn(layer["output_dim"], 1) * 0.1
X = np.random.randn(3, 7)
Y = (np.random.rand(3, 7) > 0.5).astype(float)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def sigmoid_backward(dA, Z):
    sig = sigmoid(Z)
    return dA * sig * (1 - sig)


def full_forward_propagation(X, params_values):
    memory = {}
    A_curr = X
    for idx, layer in enumerate(nn_architecture):
        layer_idx = idx + 1
        A_prev = A_curr
        W_curr = params_values["W" + str(layer_idx)]
        b_curr = params_values["b" + str(layer_idx)]
        Z_curr = np.dot(W_curr, A_prev) + b_curr
        A_curr = sigmoid(Z_curr)
        memory["A" + str(idx)] = A_prev
        memory["Z" + str(layer_idx)] = Z_curr
    memory["A" + str(len(nn_architecture))] = A_curr
    return A_curr, memory


def get_cost_value(Y_hat, Y):
    m = Y_hat.shape[1]
    return -1 / m * np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat))


def full_backward_propagation(Y_hat, Y, memory, params_values):
    grads_values = {}
    m = Y.shape[1]
    dA_prev = -(np.divide(Y, Y_hat) - np.divide(1 - Y, 1 - Y_hat))
    for layer_idx_prev, _ in reversed(list(enumerate(nn_architecture))):
        layer_idx_curr = layer_idx_prev + 1
        dA_curr = dA_prev
        W_curr = params_values["W" + str(layer_idx_curr)]
        dZ_curr = sigmoid_backward(dA_curr, memory["Z" + str(layer_idx_curr)])
        grads_values["dW" + str(layer_idx_curr)] = np.dot(dZ_curr, memory["A" + str(layer_idx_curr)].T) / m  # fault: the output where the input belongs | right: grads_values["dW" + str(layer_idx_curr)] = np.dot(dZ_curr, memory["A" + str(layer_idx_prev)].T) / m
        grads_values["db" + str(layer_idx_curr)] = np.sum(dZ_curr, axis=1, keepdims=True) / m
        dA_prev = np.dot(W_curr.T, dZ_curr)
    return grads_values


def loss(params):
    Y_hat, _ = full_forward_propagation(X, params)
    return get_cost_value(Y_hat, Y)


def gradients(params):
    Y_hat, memory = full_forward_propagation(X, params)
    return full_backward_propagation(Y_hat, Y, memory, params)
