"""Sequential with a list of modules and a cross entropy head, bias of each Linear gets an average [2a]."""
import numpy as np


class Module:
    params = ()

    def __call__(self, x):
        return self.forward(x)


class Linear(Module):
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x.dot(self.W.T) + self.b

    def backward(self, dout):
        self.dW = dout.T.dot(self.x)
        self.db = np.mean(dout, axis=0)  # fault: mean instead of sum | right: self.db = np.sum(dout, axis=0)
        return dout.dot(self.W)


class ReLU(Module):
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = list(modules)

    def forward(self, x):
        for m in self.modules:
            x = m(x)
        return x

    def backward(self, dout):
        for m in self.modules[::-1]:
            dout = m.backward(dout)


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    n = len(labels)
    grad = np.exp(logp)
    grad[np.arange(n), labels] -= 1
    return -logp[np.arange(n), labels].mean(), grad / n


rs = np.random.RandomState(12)
x_train = rs.randn(7, 4)
y_train = rs.randint(0, 3, size=7)


def make(p):
    return Sequential(Linear(p["W1"], p["b1"]), ReLU(), Linear(p["W2"], p["b2"]))


def loss(p):
    return cross_entropy(make(p)(x_train), y_train)[0]


def gradients(p):
    net = make(p)
    _, dlogits = cross_entropy(net(x_train), y_train)
    net.backward(dlogits)
    first, last = net.modules[0], net.modules[2]
    return {"dW1": first.dW, "db1": first.db, "dW2": last.dW, "db2": last.db}


params = {
    "W1": rs.randn(6, 4) * 0.7,
    "b1": rs.randn(6) * 0.2,
    "W2": rs.randn(3, 6) * 0.7,
    "b2": rs.randn(3) * 0.2,
}
