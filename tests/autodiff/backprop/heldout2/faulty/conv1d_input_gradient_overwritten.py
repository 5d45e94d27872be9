"""Dense, then a one-dimensional convolution in loops: overlapping windows overwrite dx [9a]."""
import numpy as np

rng = np.random.RandomState(15)
X = rng.randn(4, 3)
T = rng.randn(4, 5)
params = {"W": rng.randn(3, 7) * 0.7, "kernel": rng.randn(3), "bias": rng.randn(1)}


def conv1d(x, kernel, bias):
    n, width = x.shape
    k = len(kernel)
    out = np.zeros((n, width - k + 1))
    for i in range(n):
        for j in range(width - k + 1):
            out[i, j] = np.sum(x[i, j : j + k] * kernel) + bias[0]
    return out


def conv1d_backward(dout, x, kernel):
    dx = np.zeros_like(x)
    dkernel = np.zeros_like(kernel)
    dbias = np.zeros(1)
    k = len(kernel)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            dkernel += dout[i, j] * x[i, j : j + k]
            dbias += dout[i, j]
            dx[i, j : j + k] = dout[i, j] * kernel  # fault: = in place of += | right: dx[i, j : j + k] += dout[i, j] * kernel
    return dx, dkernel, dbias


def loss(params):
    h = np.tanh(X @ params["W"])
    return np.sum((conv1d(h, params["kernel"], params["bias"]) - T) ** 2) / len(X)


def gradients(params):
    h = np.tanh(X @ params["W"])
    out = conv1d(h, params["kernel"], params["bias"])
    dout = 2 * (out - T) / len(X)
    dh, dkernel, dbias = conv1d_backward(dout, h, params["kernel"])
    dW = X.T @ (dh * (1 - h * h))
    return {"dW": dW, "dkernel": dkernel, "dbias": dbias}
