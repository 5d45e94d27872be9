"""Three square relu layers, rows, self.cache list: W3 untransposed, and layer 1 masked by layer 2 [6a, 8b, 10c]."""
import numpy as np

rng = np.random.RandomState(90)
X = rng.randn(6, 4)
Y = rng.randn(6, 4)
params = {"W1": rng.randn(4, 4), "W2": rng.randn(4, 4), "W3": rng.randn(4, 4)}


class ThreeLayerNet:
    def __init__(self, W1, W2, W3):
        self.W1, self.W2, self.W3 = W1, W2, W3

    def forward(self, X):
        s1 = X.dot(self.W1)
        h1 = np.maximum(s1, 0)
        s2 = h1.dot(self.W2)
        h2 = np.maximum(s2, 0)
        self.cache = [X, s1, h1, s2, h2]
        return h2.dot(self.W3)

    def backward(self, dout):
        X, s1, h1, s2, h2 = self.cache
        self.dW3 = h2.T.dot(dout)
        dh2 = dout.dot(self.W3)  # fault: transpose missing | right: dh2 = dout.dot(self.W3.T)
        ds2 = dh2 * (s2 > 0)
        self.dW2 = h1.T.dot(ds2)
        dh1 = ds2.dot(self.W2.T)
        ds1 = dh1 * (s2 > 0)  # fault: mask of layer 2 | right: ds1 = dh1 * (s1 > 0)
        self.dW1 = X.T.dot(ds1)


def loss(params):
    out = ThreeLayerNet(params["W1"], params["W2"], params["W3"]).forward(X)
    return np.mean((out - Y) ** 2)


def gradients(params):
    net = ThreeLayerNet(params["W1"], params["W2"], params["W3"])
    out = net.forward(X)
    net.backward(2 * (out - Y) / Y.size)
    return {"W1": net.dW1, "W2": net.dW2, "W3": net.dW3}
