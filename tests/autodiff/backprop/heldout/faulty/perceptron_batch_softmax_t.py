"""Columns in and out, softmax by columns with the wrong axis in backward's own copy [7c]."""
import numpy as np

prng = np.random.RandomState(210)
features, N_SAMPLES, n_cls = 4, 6, 3
x_batch = prng.standard_normal((features, N_SAMPLES))
y_hot = np.zeros((n_cls, N_SAMPLES))
y_hot[[0, 1, 2, 1, 0, 2], range(N_SAMPLES)] = 1
params = {"weight": prng.standard_normal((n_cls, features)), "offset": prng.standard_normal((n_cls, 1))}


def log_softmax(u):
    u = u - u.max(axis=0)
    return u - np.log(np.exp(u).sum(axis=0))


def loss(params):
    u = params["weight"].dot(x_batch) + params["offset"]
    return -(y_hot * log_softmax(u)).sum() / N_SAMPLES


def gradients(params):
    u = params["weight"].dot(x_batch) + params["offset"]
    exps = np.exp(u)
    soft = exps / exps.sum(axis=1, keepdims=True)  # fault: softmax over the samples, not the classes | right: soft = exps / exps.sum(axis=0, keepdims=True)
    err = (soft - y_hot) / N_SAMPLES
    return {"weight_grad": err.dot(x_batch.T), "offset_grad": err.sum(axis=1, keepdims=True)}
