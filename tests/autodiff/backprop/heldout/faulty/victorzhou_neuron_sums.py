"""One neuron at a time with d_L_d_ypred names: h2's derivative taken at h1's sum [5a]."""
import numpy as np

data = np.array([[-0.2, -0.1], [2.5, 0.6], [1.7, 0.4], [-1.5, -0.6]])
all_y_trues = np.array([1.0, 0.0, 0.0, 1.0])
rng = np.random.RandomState(204)
params = {"w": rng.normal(size=6), "b": rng.normal(size=3)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def deriv_sigmoid(x):
    fx = sigmoid(x)
    return fx * (1 - fx)


def feedforward(x, w, b):
    h1 = sigmoid(w[0] * x[0] + w[1] * x[1] + b[0])
    h2 = sigmoid(w[2] * x[0] + w[3] * x[1] + b[1])
    return sigmoid(w[4] * h1 + w[5] * h2 + b[2])


def loss(params):
    total = 0.0
    for x, y_true in zip(data, all_y_trues):
        total = total + (y_true - feedforward(x, params["w"], params["b"])) ** 2
    return total / len(data)


def gradients(params):
    w, b = params["w"], params["b"]
    gw, gb = np.zeros(6), np.zeros(3)
    for x, y_true in zip(data, all_y_trues):
        sum_h1 = w[0] * x[0] + w[1] * x[1] + b[0]
        h1 = sigmoid(sum_h1)
        sum_h2 = w[2] * x[0] + w[3] * x[1] + b[1]
        h2 = sigmoid(sum_h2)
        sum_o1 = w[4] * h1 + w[5] * h2 + b[2]
        y_pred = sigmoid(sum_o1)
        d_L_d_ypred = -2 * (y_true - y_pred) / len(data)
        d_o = d_L_d_ypred * deriv_sigmoid(sum_o1)
        d_h1 = d_o * w[4] * deriv_sigmoid(sum_h1)
        d_h2 = d_o * w[5] * deriv_sigmoid(sum_h1)  # fault: sum_h1 where sum_h2 belongs | right: d_h2 = d_o * w[5] * deriv_sigmoid(sum_h2)
        gw += np.array([d_h1 * x[0], d_h1 * x[1], d_h2 * x[0], d_h2 * x[1], d_o * h1, d_o * h2])
        gb += np.array([d_h1, d_h2, d_o])
    return {"w": gw, "b": gb}
