"""Dense block with a skip: the way around is lost, and the first relu wears the second one's mask [4c, 8b, 10c]."""
import numpy as np

np.random.seed(40)
X = np.random.randn(7, 3)
Y = np.random.randn(7, 1)


class Block:
    """out = relu(x W_b + b_b) + x"""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        return np.maximum(self.z, 0) + x

    def backward(self, dout):
        dz = dout * (self.z > 0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0)
        return dz @ self.W.T  # fault: the skip's share is missing | right: return dz @ self.W.T + dout


class ResNet:
    def __init__(self, p):
        self.p = p
        self.block = Block(p["W2"], p["b2"])

    def forward(self, x):
        self.z1 = x @ self.p["W1"] + self.p["b1"]
        self.a1 = np.maximum(self.z1, 0)
        self.a2 = self.block.forward(self.a1)
        return self.a2 @ self.p["W3"] + self.p["b3"]

    def backward(self, x, dout):
        grads = {}
        grads["dW3"] = self.a2.T @ dout
        grads["db3"] = dout.sum(axis=0)
        da1 = self.block.backward(dout @ self.p["W3"].T)
        grads["dW2"], grads["db2"] = self.block.dW, self.block.db
        dz1 = da1 * (self.block.z > 0)  # fault: mask of the block | right: dz1 = da1 * (self.z1 > 0)
        grads["dW1"] = x.T @ dz1
        grads["db1"] = dz1.sum(axis=0)
        return grads


def loss(p):
    return 0.5 * np.mean((ResNet(p).forward(X) - Y) ** 2)


def gradients(p):
    net = ResNet(p)
    pred = net.forward(X)
    return net.backward(X, (pred - Y) / len(Y))


params = {
    "W1": np.random.randn(3, 5), "b1": np.random.randn(5) * 0.5,
    "W2": np.random.randn(5, 5) * 0.6, "b2": np.random.randn(5) * 0.5,
    "W3": np.random.randn(5, 1), "b3": np.random.randn(1),
}
