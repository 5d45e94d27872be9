"""Two-layer softmax classifier on a spiral; sum where the loss is a mean, and tanh' as 1 - h [1b, 3d, 10c]."""
import numpy as np


class SpiralNet:
    def __init__(self, W, b, W2, b2):
        self.W, self.b, self.W2, self.b2 = W, b, W2, b2

    def forward(self, X):
        self.hidden_layer = np.tanh(np.dot(X, self.W) + self.b)
        scores = np.dot(self.hidden_layer, self.W2) + self.b2
        exp_scores = np.exp(scores)
        self.probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        return self.probs

    def backward(self, X, onehot):
        dscores = self.probs - onehot  # fault: the mean's 1/N is missing | right: dscores = (self.probs - onehot) / X.shape[0]
        dW2 = np.dot(self.hidden_layer.T, dscores)
        db2 = np.sum(dscores, axis=0, keepdims=True)
        dhidden = np.dot(dscores, self.W2.T)
        dhidden = dhidden * (1 - self.hidden_layer)  # fault: the square is missing | right: dhidden = dhidden * (1 - self.hidden_layer ** 2)
        dW = np.dot(X.T, dhidden)
        db = np.sum(dhidden, axis=0, keepdims=True)
        return dW, db, dW2, db2


N, D, K, h = 4, 2, 3, 5
np.random.seed(0)
X = np.zeros((N * K, D))
y = np.zeros(N * K, dtype="uint8")
for j in range(K):
    ix = range(N * j, N * (j + 1))
    r = np.linspace(0.1, 1, N)
    t = np.linspace(j * 4, (j + 1) * 4, N) + np.random.randn(N) * 0.2
    X[ix] = np.c_[r * np.sin(t), r * np.cos(t)]
    y[ix] = j
onehot = np.eye(K)[y]
params = {"W": np.random.randn(D, h), "b": np.random.randn(1, h) * .1, "W2": np.random.randn(h, K), "b2": np.random.randn(1, K) * .1}


def loss(params):
    probs = SpiralNet(**params).forward(X)
    return np.mean(-np.log(probs[range(N * K), y]))


def gradients(params):
    net = SpiralNet(**params)
    net.forward(X)
    return dict(zip(params, net.backward(X, onehot)))
