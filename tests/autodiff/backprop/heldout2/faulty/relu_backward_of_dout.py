"""FullyConnectedNet in a loop over layers, cs231n: relu_backward masks by dout > 0 [8a]."""
import numpy as np

rng = np.random.default_rng(231)
hidden = [5, 4]
dims = [3, *hidden, 2]
num_layers = len(dims) - 1
X = rng.normal(size=(6, 3))
y = rng.integers(0, 2, 6)
params = {}
for i in range(num_layers):
    params["W%d" % (i + 1)] = rng.normal(size=(dims[i], dims[i + 1]))
    params["b%d" % (i + 1)] = rng.normal(size=dims[i + 1]) * 0.2


def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, np.sum(dout, axis=0)


def relu_forward(x):
    out = np.maximum(x, 0)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = np.where(dout > 0, dout, 0)  # fault: mask of dout, not of x | right: dx = np.where(x > 0, dout, 0)
    return dx


def forward(params):
    out, caches = X, []
    for i in range(1, num_layers + 1):
        out, fc_cache = affine_forward(out, params["W%d" % i], params["b%d" % i])
        relu_cache = None
        if i < num_layers:
            out, relu_cache = relu_forward(out)
        caches.append((fc_cache, relu_cache))
    return out, caches


def softmax_loss(x, y):
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def loss(params):
    scores, _ = forward(params)
    return softmax_loss(scores, y)[0]


def gradients(params):
    scores, caches = forward(params)
    _, dout = softmax_loss(scores, y)
    grads = {}
    for i in range(num_layers, 0, -1):
        fc_cache, relu_cache = caches[i - 1]
        if relu_cache is not None:
            dout = relu_backward(dout, relu_cache)
        dout, grads["W%d" % i], grads["b%d" % i] = affine_backward(dout, fc_cache)
    return grads
