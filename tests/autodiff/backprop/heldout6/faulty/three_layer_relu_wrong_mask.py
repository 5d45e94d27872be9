"""Three-layer ReLU regression, both hidden layers four wide; masked by the other hidden layer [8b]."""
import numpy as np

np.random.seed(4)
N, D, H = 7, 3, 4
x = np.random.randn(N, D)
y = np.random.randn(N, 1)
params = {"w1": np.random.randn(D, H), "w2": np.random.randn(H, H), "w3": np.random.randn(H, 1),
          "c1": np.random.randn(H) * 0.2, "c2": np.random.randn(H) * 0.2}


class Net:
    def __init__(self, p):
        self.p = p

    def forward(self, x):
        p = self.p
        self.x = x
        self.h1 = x.dot(p["w1"]) + p["c1"]
        self.h1_relu = np.maximum(self.h1, 0)
        self.h2 = self.h1_relu.dot(p["w2"]) + p["c2"]
        self.h2_relu = np.maximum(self.h2, 0)
        self.y_pred = self.h2_relu.dot(p["w3"])
        return self.y_pred

    def backward(self, y):
        p = self.p
        grad_y_pred = 2.0 * (self.y_pred - y)
        grad_w3 = self.h2_relu.T.dot(grad_y_pred)
        grad_h2 = grad_y_pred.dot(p["w3"].T)
        grad_h2[self.h2 < 0] = 0
        grad_w2 = self.h1_relu.T.dot(grad_h2)
        grad_c2 = grad_h2.sum(axis=0)
        grad_h1 = grad_h2.dot(p["w2"].T)
        grad_h1[self.h2 < 0] = 0  # fault: the second layer's mask | right: grad_h1[self.h1 < 0] = 0
        grad_w1 = self.x.T.dot(grad_h1)
        grad_c1 = grad_h1.sum(axis=0)
        return {"grad_w1": grad_w1, "grad_w2": grad_w2, "grad_w3": grad_w3, "grad_c1": grad_c1, "grad_c2": grad_c2}


def loss(p):
    return np.square(Net(p).forward(x) - y).sum()


def gradients(p):
    net = Net(p)
    net.forward(x)
    return net.backward(y)
