"""cs231n's TwoLayerNet, affine_relu with cache tuples: loss has 0.5 * reg, gradient has 2 * reg [1a]."""
import numpy as np

np.random.seed(231)
N, D, H, C = 5, 4, 6, 3
X = np.random.randn(N, D)
y = np.array([0, 2, 1, 1, 2])
reg = 0.7
params = {
    "W1": np.random.randn(D, H),
    "b1": np.random.randn(H),
    "W2": np.random.randn(H, C),
    "b2": np.random.randn(C),
}


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    x = cache
    return dout * (x > 0)


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (fc_cache, relu_cache)


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    return affine_backward(da, fc_cache)


def softmax_loss(x, y):
    shifted = x - x.max(axis=1, keepdims=True)
    Z = np.exp(shifted).sum(axis=1, keepdims=True)
    log_probs = shifted - np.log(Z)
    probs = np.exp(log_probs)
    n = x.shape[0]
    loss = -log_probs[np.arange(n), y].sum() / n
    dx = probs.copy()
    dx[np.arange(n), y] -= 1
    dx /= n
    return loss, dx


def loss(params):
    h, _ = affine_relu_forward(X, params["W1"], params["b1"])
    scores, _ = affine_forward(h, params["W2"], params["b2"])
    data_loss, _ = softmax_loss(scores, y)
    return data_loss + 0.5 * reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))


def gradients(params):
    grads = {}
    h, cache1 = affine_relu_forward(X, params["W1"], params["b1"])
    scores, cache2 = affine_forward(h, params["W2"], params["b2"])
    _, dscores = softmax_loss(scores, y)
    dh, grads["W2"], grads["b2"] = affine_backward(dscores, cache2)
    _, grads["W1"], grads["b1"] = affine_relu_backward(dh, cache1)
    for name in ("W1", "W2"):
        grads[name] += 2 * reg * params[name]  # fault: 2 where the loss has a half | right: grads[name] += reg * params[name]
    return grads
