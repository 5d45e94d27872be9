"""Everything in my toy is 3 by 3 so the star worked, and it wasn't the dot product [6c]."""
import numpy as np

x = np.array([[0.05, 0.10, 0.30], [0.90, -0.40, 0.20], [-0.70, 0.60, 0.50]])
target = np.array([[0.01, 0.99, 0.50], [0.80, 0.20, 0.10], [0.30, 0.70, 0.60]])
params = {
    "w1": np.array([[0.15, 0.25, -0.30], [0.20, 0.30, 0.70], [-0.50, 0.10, 0.40]]),
    "b1": np.array([0.35, 0.10, -0.20]),
    "w2": np.array([[0.40, 0.50, -0.60], [0.45, -0.55, 0.20], [0.10, 0.90, 0.30]]),
    "b2": np.array([0.60, -0.30, 0.20]),
}


def squash(net):
    return 1 / (1 + np.exp(-net))


def loss(p):
    out_h = squash(np.dot(x, p["w1"]) + p["b1"])
    out_o = squash(np.dot(out_h, p["w2"]) + p["b2"])
    return np.sum(0.5 * (target - out_o) ** 2)


def gradients(p):
    net_h = np.dot(x, p["w1"]) + p["b1"]
    out_h = squash(net_h)
    net_o = np.dot(out_h, p["w2"]) + p["b2"]
    out_o = squash(net_o)

    # output neurons
    dE_dout_o = -(target - out_o)
    dout_o_dnet_o = out_o * (1 - out_o)
    dE_dnet_o = dE_dout_o * dout_o_dnet_o

    # hidden neurons: each one feeds all the output neurons
    dE_dout_h = dE_dnet_o * p["w2"].T  # fault: star for dot | right: dE_dout_h = np.dot(dE_dnet_o, p["w2"].T)
    dE_dnet_h = dE_dout_h * out_h * (1 - out_h)

    return {
        "w1": np.dot(x.T, dE_dnet_h),
        "b1": dE_dnet_h.sum(axis=0),
        "w2": np.dot(out_h.T, dE_dnet_o),
        "b2": dE_dnet_o.sum(axis=0),
    }
