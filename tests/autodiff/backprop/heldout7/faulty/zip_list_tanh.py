"""Functional net over a list of weight pairs; tanh slope written without the square [3d]."""
import numpy as np

rs = np.random.RandomState(11)
sizes = [3, 5, 4, 2]
xs = rs.randn(7, 3)
ts = rs.randn(7, 2)
params = {}
for n, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:])):
    params[f"w{n}"] = rs.randn(fan_in, fan_out) * 0.6
    params[f"c{n}"] = rs.randn(fan_out) * 0.2


def unpack(p):
    return [(p[f"w{n}"], p[f"c{n}"]) for n in range(len(sizes) - 1)]


def run_net(p, x):
    # returns every layer's output, the input included
    outs = [x]
    pairs = unpack(p)
    for n, (w, c) in enumerate(pairs):
        pre = outs[-1] @ w + c
        outs.append(pre if n == len(pairs) - 1 else np.tanh(pre))
    return outs


def loss(p):
    return 0.5 * ((run_net(p, xs)[-1] - ts) ** 2).sum(axis=1).mean()


def gradients(p):
    outs = run_net(p, xs)
    pairs = unpack(p)
    g = (outs[-1] - ts) / len(xs)
    grads = {}
    for n in reversed(range(len(pairs))):
        grads[f"w{n}"] = outs[n].T @ g
        grads[f"c{n}"] = g.sum(axis=0)
        if n > 0:
            back = g @ pairs[n][0].T
            slope = 1 - outs[n]  # fault: tanh' without the square | right: slope = 1 - outs[n] ** 2
            g = back * slope
    return grads
