"""A table of activation functions; swish was given the sigmoid's derivative [3e]."""
import numpy as np

rng = np.random.RandomState(77)


def sigm(v):
    return 1 / (1 + np.exp(-v))


def swish_prime(v):
    s = sigm(v)
    return s * (1 - s)  # fault: sigmoid' for swish' | right: return s + v * s * (1 - s)


ACT = {
    "swish": (lambda v: v * sigm(v), swish_prime),
    "tanh": (np.tanh, lambda v: 1 - np.tanh(v) ** 2),
    "id": (lambda v: v, lambda v: np.ones_like(v)),
}
ARCH = [(2, 5, "tanh"), (5, 5, "swish"), (5, 1, "id")]

params = {}
for i, (n_in, n_out, _) in enumerate(ARCH):
    params["theta%d" % i] = rng.randn(n_in + 1, n_out) * 0.7  # the bias is the last row

data = rng.rand(10, 2) * 4 - 2
target = np.sin(data.sum(axis=1, keepdims=True))


def with_ones(a):
    return np.hstack([a, np.ones((a.shape[0], 1))])


def feed(params):
    a, pre, acts = data, [], []
    for i, (_, _, name) in enumerate(ARCH):
        acts.append(with_ones(a))
        pre.append(acts[-1].dot(params["theta%d" % i]))
        a = ACT[name][0](pre[-1])
    return a, pre, acts


def loss(params):
    pred, _, _ = feed(params)
    return np.log(np.cosh(pred - target)).mean()


def gradients(params):
    pred, pre, acts = feed(params)
    err = np.tanh(pred - target) / pred.size
    result = {}
    for i in range(len(ARCH) - 1, -1, -1):
        delta = err * ACT[ARCH[i][2]][1](pre[i])
        result["theta%d" % i] = acts[i].T.dot(delta)
        err = delta.dot(params["theta%d" % i][:-1].T)
    return result
