"""word2vec's negative sampling in loops: the negative samples' sigmoid of the wrong sign [3e]."""
import numpy as np

rnd = np.random.RandomState(214)
pairs = [(0, 3, [1, 2]), (2, 4, [0, 1]), (1, 0, [4, 3]), (3, 2, [0, 4])]
params = {"syn_in": rnd.uniform(-1, 1, (5, 3)), "syn_out": rnd.uniform(-1, 1, (5, 3))}


def sig(x):
    return 1.0 / (1.0 + np.exp(-x))


def loss(params):
    total = 0.0
    for c, o, negatives in pairs:
        vc = params["syn_in"][c]
        total = total - np.log(sig(params["syn_out"][o] @ vc))
        for k in negatives:
            total = total - np.log(sig(-(params["syn_out"][k] @ vc)))
    return total


def gradients(params):
    g_in, g_out = np.zeros((5, 3)), np.zeros((5, 3))
    for c, o, negatives in pairs:
        vc = params["syn_in"][c]
        uo = params["syn_out"][o]
        coef = sig(uo @ vc) - 1
        g_in[c] += coef * uo
        g_out[o] += coef * vc
        for k in negatives:
            uk = params["syn_out"][k]
            coef = sig(-(uk @ vc))  # fault: sigmoid of the negated score | right: coef = sig(uk @ vc)
            g_in[c] += coef * uk
            g_out[k] += coef * vc
    return {"syn_in": g_in, "syn_out": g_out}
