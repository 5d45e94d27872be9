"""ReLU as a layer object; the backward pass clips the incoming gradient where it is itself negative [8a]."""
import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.x = x
        out = x.copy()
        out[x <= 0] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[dout <= 0] = 0  # fault: mask of the gradient | right: dx[self.x <= 0] = 0
        return dx


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t
        x = x - np.max(x, axis=-1, keepdims=True)
        self.y = np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
        return -np.sum(t * np.log(self.y + 1e-12)) / t.shape[0]

    def backward(self):
        return (self.y - self.t) / self.t.shape[0]


class TwoLayerNet:
    def __init__(self, params):
        self.layers = {"Affine1": Affine(params["W1"], params["b1"]), "Relu1": Relu(),
                       "Affine2": Affine(params["W2"], params["b2"])}
        self.lastLayer = SoftmaxWithLoss()

    def loss(self, x, t):
        for layer in self.layers.values():
            x = layer.forward(x)
        return self.lastLayer.forward(x, t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.lastLayer.backward()
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        return {"W1": self.layers["Affine1"].dW, "b1": self.layers["Affine1"].db,
                "W2": self.layers["Affine2"].dW, "b2": self.layers["Affine2"].db}


np.random.seed(12)
x_batch = np.random.randn(6, 4)
t_batch = np.eye(3)[[2, 0, 1, 1, 2, 0]]
params = {"W1": np.random.randn(4, 6), "b1": np.random.randn(6) * 0.3, "W2": np.random.randn(6, 3), "b2": np.random.randn(3) * 0.3}


def loss(params):
    return TwoLayerNet(params).loss(x_batch, t_batch)


def gradients(params):
    return TwoLayerNet(params).gradient(x_batch, t_batch)
