"""One flat vector unrolled, as for an optimizer: divided by m in the delta and in the unrolled gradient [1c]."""
import numpy as np

rng = np.random.RandomState(221)
nx, nh, ny, m = 3, 4, 2, 7
data, labels = rng.randn(m, nx), np.eye(ny)[rng.randint(0, ny, m)]
params = {"theta": rng.randn(nx * nh + nh + nh * ny + ny) * 0.6}


def unroll(theta):
    a, b, c = nx * nh, nx * nh + nh, nx * nh + nh + nh * ny
    return theta[:a].reshape(nx, nh), theta[a:b], theta[b:c].reshape(nh, ny), theta[c:]


def softmax(s):
    s = np.exp(s - np.max(s, 1, keepdims=True))
    return s / np.sum(s, 1, keepdims=True)


def loss(params):
    W1, b1, W2, b2 = unroll(params["theta"])
    h = np.tanh(data.dot(W1) + b1)
    return -np.sum(labels * np.log(softmax(h.dot(W2) + b2))) / m


def gradients(params):
    W1, b1, W2, b2 = unroll(params["theta"])
    h = np.tanh(data.dot(W1) + b1)
    yhat = softmax(h.dot(W2) + b2)
    d2 = (yhat - labels) / m
    gradW2, gradb2 = h.T.dot(d2), d2.sum(0)
    d1 = d2.dot(W2.T) * (1 - h**2)
    gradW1, gradb1 = data.T.dot(d1), d1.sum(0)
    grad = np.concatenate((gradW1.flatten(), gradb1.flatten(), gradW2.flatten(), gradb2.flatten())) / m  # fault: 1/N applied twice | right: grad = np.concatenate((gradW1.flatten(), gradb1.flatten(), gradW2.flatten(), gradb2.flatten()))
    return {"theta": grad}
