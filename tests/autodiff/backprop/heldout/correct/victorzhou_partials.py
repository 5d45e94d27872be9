"""One neuron at a time, partial derivatives spelled out, some of them used once only."""
import numpy as np

data = np.array([[-0.2, -0.1], [2.5, 0.6], [1.7, 0.4], [-1.5, -0.6], [0.3, 1.1]])
y_trues = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
_r = np.random.RandomState(304)
params = {"w": _r.normal(size=6), "b": _r.normal(size=3)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def deriv_sigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))


def loss(params):
    w, b = params["w"], params["b"]
    h1 = sigmoid(data @ w[0:2] + b[0])
    h2 = sigmoid(data @ w[2:4] + b[1])
    o1 = sigmoid(w[4] * h1 + w[5] * h2 + b[2])
    return ((y_trues - o1) ** 2).mean()


def gradients(params):
    w1, w2, w3, w4, w5, w6 = params["w"]
    b1, b2, b3 = params["b"]
    dw, db = np.zeros(6), np.zeros(3)
    for x, y_true in zip(data, y_trues):
        sum_h1 = w1 * x[0] + w2 * x[1] + b1
        sum_h2 = w3 * x[0] + w4 * x[1] + b2
        h1, h2 = sigmoid(sum_h1), sigmoid(sum_h2)
        sum_o1 = w5 * h1 + w6 * h2 + b3
        d_L_d_ypred = -2 * (y_true - sigmoid(sum_o1))
        d_ypred_d_w5 = h1 * deriv_sigmoid(sum_o1)
        d_ypred_d_w6 = h2 * deriv_sigmoid(sum_o1)
        d_ypred_d_b3 = deriv_sigmoid(sum_o1)
        d_ypred_d_h1 = w5 * deriv_sigmoid(sum_o1)
        d_ypred_d_h2 = w6 * deriv_sigmoid(sum_o1)
        d_h1_d_w1 = x[0] * deriv_sigmoid(sum_h1)
        d_h1_d_w2 = x[1] * deriv_sigmoid(sum_h1)
        d_h2_d_w3 = x[0] * deriv_sigmoid(sum_h2)
        d_h2_d_w4 = x[1] * deriv_sigmoid(sum_h2)
        dw[0] += d_L_d_ypred * d_ypred_d_h1 * d_h1_d_w1
        dw[1] += d_L_d_ypred * d_ypred_d_h1 * d_h1_d_w2
        dw[2] += d_L_d_ypred * d_ypred_d_h2 * d_h2_d_w3
        dw[3] += d_L_d_ypred * d_ypred_d_h2 * d_h2_d_w4
        dw[4] += d_L_d_ypred * d_ypred_d_w5
        dw[5] += d_L_d_ypred * d_ypred_d_w6
        db[0] += d_L_d_ypred * d_ypred_d_h1 * deriv_sigmoid(sum_h1)
        db[1] += d_L_d_ypred * d_ypred_d_h2 * deriv_sigmoid(sum_h2)
        db[2] += d_L_d_ypred * d_ypred_d_b3
    return {"w": dw / len(data), "b": db / len(data)}
