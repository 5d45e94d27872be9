"""cs231n's style: the loss forgot the regularisation that the gradient has [9b]."""
import numpy as np

rng = np.random.RandomState(38)
X, y = rng.randn(7, 4), rng.randint(0, 3, 7)
reg = 0.1
params = {"W": 0.3 * rng.randn(4, 3)}


def loss(params):
    scores = X.dot(params["W"])
    correct = scores[np.arange(7), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    return (np.sum(margins) - 7) / 7


def gradients(params):
    scores = X.dot(params["W"])
    correct = scores[np.arange(7), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    margins[np.arange(7), y] = 0
    binary = (margins > 0).astype(float)
    binary[np.arange(7), y] = -binary.sum(axis=1)
    dW = X.T.dot(binary) / 7
    dW += 2 * reg * params["W"]  # fault: weight decay that is not in the loss | right: pass
    return {"dW": dW}
