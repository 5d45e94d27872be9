"""Textbook scalars, eight weights by name: out'(net) is left out of w5's and w6's gradient alone [4b]."""
import numpy as np

i1, i2 = 0.05, 0.10
target_o1, target_o2 = 0.01, 0.99
params = {
    "w": np.array([0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]),
    "b": np.array([0.35, 0.60]),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(p):
    w1, w2, w3, w4, w5, w6, w7, w8 = p["w"]
    b1, b2 = p["b"]
    out_h1 = sigmoid(w1 * i1 + w2 * i2 + b1)
    out_h2 = sigmoid(w3 * i1 + w4 * i2 + b1)
    out_o1 = sigmoid(w5 * out_h1 + w6 * out_h2 + b2)
    out_o2 = sigmoid(w7 * out_h1 + w8 * out_h2 + b2)
    return out_h1, out_h2, out_o1, out_o2


def loss(p):
    _, _, out_o1, out_o2 = forward(p)
    E_o1 = 0.5 * (target_o1 - out_o1) ** 2
    E_o2 = 0.5 * (target_o2 - out_o2) ** 2
    return E_o1 + E_o2


def gradients(p):
    w1, w2, w3, w4, w5, w6, w7, w8 = p["w"]
    out_h1, out_h2, out_o1, out_o2 = forward(p)
    dE_dout_o1 = -(target_o1 - out_o1)
    dE_dout_o2 = -(target_o2 - out_o2)
    dE_dnet_o1 = dE_dout_o1 * out_o1 * (1 - out_o1)
    dE_dnet_o2 = dE_dout_o2 * out_o2 * (1 - out_o2)
    dE_dw5 = dE_dout_o1 * out_h1  # fault: derivative left out of w5 | right: dE_dw5 = dE_dnet_o1 * out_h1
    dE_dw6 = dE_dout_o1 * out_h2  # fault: derivative left out of w6 | right: dE_dw6 = dE_dnet_o1 * out_h2
    dE_dw7 = dE_dnet_o2 * out_h1
    dE_dw8 = dE_dnet_o2 * out_h2
    dE_dout_h1 = dE_dnet_o1 * w5 + dE_dnet_o2 * w7
    dE_dout_h2 = dE_dnet_o1 * w6 + dE_dnet_o2 * w8
    dE_dnet_h1 = dE_dout_h1 * out_h1 * (1 - out_h1)
    dE_dnet_h2 = dE_dout_h2 * out_h2 * (1 - out_h2)
    dE_dw1 = dE_dnet_h1 * i1
    dE_dw2 = dE_dnet_h1 * i2
    dE_dw3 = dE_dnet_h2 * i1
    dE_dw4 = dE_dnet_h2 * i2
    dE_db1 = dE_dnet_h1 + dE_dnet_h2
    dE_db2 = dE_dnet_o1 + dE_dnet_o2
    dw = np.array([dE_dw1, dE_dw2, dE_dw3, dE_dw4, dE_dw5, dE_dw6, dE_dw7, dE_dw8])
    return {"dw": dw, "db": np.array([dE_db1, dE_db2])}
