"""Stack of residual blocks; the skip connection is not taken on the way back [4c]."""
import numpy as np

g = np.random.default_rng(100)
width, depth = 4, 3
x0 = g.normal(size=(5, width))
y0 = g.normal(size=(5, width))
params = {}
for d in range(depth):
    params["U%d" % d] = g.normal(size=(width, 3)) * 0.6
    params["V%d" % d] = g.normal(size=(3, width)) * 0.6


def block(x, U, V):
    m = np.tanh(x @ U)
    return x + m @ V, (x, m)


def block_back(dout, saved, U, V):
    x, m = saved
    dV = m.T @ dout
    dpre = (dout @ V.T) * (1 - m ** 2)
    dU = x.T @ dpre
    dx = dpre @ U.T  # fault: the skip's gradient left out | right: dx = dout + dpre @ U.T
    return dx, dU, dV


def through(params):
    x, saved = x0, []
    for d in range(depth):
        x, s = block(x, params["U%d" % d], params["V%d" % d])
        saved.append(s)
    return x, saved


def loss(params):
    x, _ = through(params)
    return ((x - y0) ** 2).sum() / 2


def gradients(params):
    x, saved = through(params)
    dx = x - y0
    grads = {}
    while saved:
        d = len(saved) - 1
        dx, grads["U%d" % d], grads["V%d" % d] = block_back(dx, saved.pop(), params["U%d" % d], params["V%d" % d])
    return grads
