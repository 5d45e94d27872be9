"""Lists of layers with sigmoid hidden units: tanh's derivative was kept, and db is one number for the layer [3e, 2b, 10c]."""
import numpy as np

rng = np.random.default_rng(3)
layer_sizes = [3, 4, 3, 2]
x = rng.normal(size=(6, 3))
t = rng.normal(size=(6, 2))
n_layers = len(layer_sizes) - 1

params = {}
for k in range(n_layers):
    params["W%d" % (k + 1)] = rng.normal(0, 0.8, (layer_sizes[k], layer_sizes[k + 1]))
    params["b%d" % (k + 1)] = rng.normal(0, 0.2, layer_sizes[k + 1])


def activate(z):
    return 1 / (1 + np.exp(-z))


def run_layers(p):
    outs = [x]
    for k in range(n_layers):
        z = outs[-1] @ p["W%d" % (k + 1)] + p["b%d" % (k + 1)]
        outs.append(z if k == n_layers - 1 else activate(z))
    return outs


def loss(params):
    return np.sum((run_layers(params)[-1] - t) ** 2) / len(x)


def gradients(params):
    outs = run_layers(params)
    grads = {}
    error = 2 * (outs[-1] - t) / len(x)
    for k in range(n_layers - 1, -1, -1):
        if k < n_layers - 1:
            error = error * (1 - outs[k + 1] ** 2)  # fault: derivative of tanh | right: error = error * outs[k + 1] * (1 - outs[k + 1])
        grads["dW%d" % (k + 1)] = outs[k].T @ error
        grads["db%d" % (k + 1)] = np.ones(layer_sizes[k + 1]) * np.sum(error)  # fault: over all axes | right: grads["db%d" % (k + 1)] = np.sum(error, axis=0)
        error = error @ params["W%d" % (k + 1)].T
    return grads
