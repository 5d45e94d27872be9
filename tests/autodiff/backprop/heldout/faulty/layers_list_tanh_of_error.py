"""Lists of matrices, one sample at a time: tanh' of the propagated error [3c]."""
import numpy as np

gen = np.random.default_rng(227)
Xs, Ts = gen.normal(size=(4, 3)), gen.normal(size=(4, 2))
params = {"L0": gen.normal(size=(5, 3)), "L1": gen.normal(size=(3, 5)), "L2": gen.normal(size=(2, 3))}


def run(weights, x):
    outs = [x]
    for W in weights:
        outs.append(np.tanh(W @ outs[-1]))
    return outs


def loss(p):
    weights = [p["L0"], p["L1"], p["L2"]]
    return sum(np.sum((run(weights, x)[-1] - t) ** 2) for x, t in zip(Xs, Ts)) / 2


def gradients(p):
    weights = [p["L0"], p["L1"], p["L2"]]
    acc = [np.zeros(W.shape) for W in weights]
    for x, t in zip(Xs, Ts):
        outs = run(weights, x)
        e = (outs[-1] - t) * (1 - outs[-1] ** 2)
        for j in (2, 1, 0):
            acc[j] += np.outer(e, outs[j])
            if j:
                back = weights[j].T @ e
                e = back * (1 - np.tanh(back) ** 2)  # fault: tanh' taken at the gradient | right: e = back * (1 - outs[j] ** 2)
    return {f"L{j}": acc[j] for j in range(3)}
