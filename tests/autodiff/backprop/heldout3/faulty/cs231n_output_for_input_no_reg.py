"""Two-layer class of the course: scores in the place of the hidden layer, and W1's penalty isn't in its gradient [5d, 9c, 10c]."""
import numpy as np

np.random.seed(1)
N, D, C = 7, 3, 4
H = 4
X = np.random.randn(N, D)
y = np.random.randint(C, size=N)
reg = 0.1
params = {
    "W1": np.random.randn(D, H),
    "b1": np.random.randn(H) * 0.2,
    "W2": np.random.randn(H, C),
    "b2": np.random.randn(C) * 0.2,
}


class TwoLayerNet(object):
    def __init__(self, params):
        self.params = params

    def loss(self, X, y):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        hidden = np.maximum(X.dot(W1) + b1, 0)
        scores = hidden.dot(W2) + b2
        shifted = scores - scores.max(axis=1)[:, np.newaxis]
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1))[:, np.newaxis]
        loss = -log_probs[np.arange(N), y].sum() / N
        loss += 0.5 * reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))

        grads = {}
        dout = np.exp(log_probs)
        dout[np.arange(N), y] -= 1
        dout /= N
        dW2 = np.dot(scores.T, dout)  # fault: output for input | right: dW2 = np.dot(hidden.T, dout)
        grads['W2'] = dW2 + reg * W2
        grads['b2'] = dout.sum(axis=0)
        dhidden = dout.dot(W2.T)
        dhidden[hidden <= 0] = 0
        grads['W1'] = X.T.dot(dhidden)  # fault: penalty missing | right: grads['W1'] = X.T.dot(dhidden) + reg * W1
        grads['b1'] = dhidden.sum(axis=0)
        return loss, grads


def loss(params):
    return TwoLayerNet(params).loss(X, y)[0]


def gradients(params):
    return TwoLayerNet(params).loss(X, y)[1]
