"""Layer objects with an inverted dropout of fixed mask, and the loss object that sums while Dense averages."""
import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, up):
        n = up.shape[0]
        # the loss hands down per-sample gradients, averaging is done here
        self.dW = np.einsum("ni,nj->ij", self.x, up) / n
        self.db = up.mean(0)
        return np.einsum("nj,ij->ni", up, self.W)


class Dropout:
    def __init__(self, mask, keep):
        self.scale = mask / keep

    def forward(self, x):
        return x * self.scale

    def backward(self, up):
        return self.scale * up


class Softplus:
    def forward(self, x):
        self.out = np.log1p(np.exp(x))
        return self.out

    def backward(self, up):
        return up * (1 - np.exp(-self.out))


rng = np.random.RandomState(93)
X = rng.randn(5, 4)
y = rng.randn(5, 2)
mask = (rng.rand(5, 6) < 0.8).astype(float)


def net(p):
    return [Dense(p["W1"], p["b1"]), Softplus(), Dropout(mask, 0.8), Dense(p["W2"], p["b2"])]


def forward(layers):
    out = X
    for layer in layers:
        out = layer.forward(out)
    return out


def loss(p):
    return np.sum((forward(net(p)) - y) ** 2) / len(X)


def gradients(p):
    layers = net(p)
    up = 2 * (forward(layers) - y)
    for layer in layers[::-1]:
        up = layer.backward(up)
    d1, d2 = layers[0], layers[-1]
    return {"W1": d1.dW, "b1": d1.db, "W2": d2.dW, "b2": d2.db}


params = {
    "W1": rng.randn(4, 6), "b1": rng.randn(6),
    "W2": rng.randn(6, 2), "b2": rng.randn(2),
}
