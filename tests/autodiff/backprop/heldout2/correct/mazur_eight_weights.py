"""The step by step example: scalars by name, chain rule written out factor by factor, shared biases."""
import numpy as np

i1, i2 = 0.05, 0.10
target = np.array([0.01, 0.99])
params = {"w": np.array([0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]), "b1": np.array(0.35), "b2": np.array(0.60)}


def logistic(x):
    return 1 / (1 + np.exp(-x))


def loss(p):
    w = p["w"]
    h1 = logistic(w[0] * i1 + w[1] * i2 + p["b1"])
    h2 = logistic(w[2] * i1 + w[3] * i2 + p["b1"])
    o1 = logistic(w[4] * h1 + w[5] * h2 + p["b2"])
    o2 = logistic(w[6] * h1 + w[7] * h2 + p["b2"])
    return ((target[0] - o1) ** 2 + (target[1] - o2) ** 2) / 2


def gradients(p):
    w1, w2, w3, w4, w5, w6, w7, w8 = p["w"]
    net_h1 = w1 * i1 + w2 * i2 + p["b1"] * 1
    net_h2 = w3 * i1 + w4 * i2 + p["b1"] * 1
    out_h1, out_h2 = logistic(net_h1), logistic(net_h2)
    net_o1 = w5 * out_h1 + w6 * out_h2 + p["b2"] * 1
    net_o2 = w7 * out_h1 + w8 * out_h2 + p["b2"] * 1
    out_o1, out_o2 = logistic(net_o1), logistic(net_o2)
    # dE/dw5 = dE/dout * dout/dnet * dnet/dw5
    dw5 = -(target[0] - out_o1) * out_o1 * (1 - out_o1) * out_h1
    dw6 = -(target[0] - out_o1) * out_o1 * (1 - out_o1) * out_h2
    dw7 = -(target[1] - out_o2) * out_o2 * (1 - out_o2) * out_h1
    dw8 = -(target[1] - out_o2) * out_o2 * (1 - out_o2) * out_h2
    d_o1 = -(target[0] - out_o1) * out_o1 * (1 - out_o1)
    d_o2 = -(target[1] - out_o2) * out_o2 * (1 - out_o2)
    dE_dout_h1 = d_o1 * w5 + d_o2 * w7
    dE_dout_h2 = d_o1 * w6 + d_o2 * w8
    dw1 = dE_dout_h1 * out_h1 * (1 - out_h1) * i1
    dw2 = dE_dout_h1 * out_h1 * (1 - out_h1) * i2
    dw3 = dE_dout_h2 * out_h2 * (1 - out_h2) * i1
    dw4 = dE_dout_h2 * out_h2 * (1 - out_h2) * i2
    db1 = dE_dout_h1 * out_h1 * (1 - out_h1) + dE_dout_h2 * out_h2 * (1 - out_h2)
    return {"dw": np.array([dw1, dw2, dw3, dw4, dw5, dw6, dw7, dw8]), "db1": db1, "db2": d_o1 + d_o2}
