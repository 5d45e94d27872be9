"""Train step that moves the weights in place; the hidden error is computed before, the way gone is returned."""
import numpy as np

learning_rate = 0.5
np.random.seed(7)
X = np.random.rand(6, 3)
y = np.random.rand(6, 1)
params = {"wh": np.random.randn(3, 4), "bh": np.random.randn(1, 4), "wout": np.random.randn(4, 1), "bout": np.random.randn(1, 1)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def derivatives_sigmoid(x):
    return x * (1 - x)


def loss(p):
    hidden = sigmoid(np.dot(X, p["wh"]) + p["bh"])
    output = sigmoid(np.dot(hidden, p["wout"]) + p["bout"])
    return 0.5 * np.sum((y - output) ** 2)


def gradients(p):
    start = {k: v.copy() for k, v in p.items()}
    wh, bh, wout, bout = p["wh"], p["bh"], p["wout"], p["bout"]

    hiddenlayer_activations = sigmoid(np.dot(X, wh) + bh)
    output = sigmoid(np.dot(hiddenlayer_activations, wout) + bout)

    E = y - output
    slope_output_layer = derivatives_sigmoid(output)
    slope_hidden_layer = derivatives_sigmoid(hiddenlayer_activations)
    d_output = E * slope_output_layer
    Error_at_hidden_layer = d_output.dot(wout.T)
    d_hiddenlayer = Error_at_hidden_layer * slope_hidden_layer
    wout += hiddenlayer_activations.T.dot(d_output) * learning_rate
    bout += np.sum(d_output, axis=0, keepdims=True) * learning_rate
    wh += X.T.dot(d_hiddenlayer) * learning_rate
    bh += np.sum(d_hiddenlayer, axis=0, keepdims=True) * learning_rate

    return {k: (start[k] - p[k]) / learning_rate for k in p}
