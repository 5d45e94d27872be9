"""grads['dW' + str(l)] in a loop; weight decay and clip-free scaling added in a second function."""
import numpy as np

rng = np.random.default_rng(82)
X = rng.normal(size=(4, 10))
Y = np.eye(3)[rng.integers(0, 3, 10)].T
L = 3
DECAY = 0.01


class Net:
    def __init__(self, params):
        self.params = params
        self.grads = {}
        self.caches = []

    def forward(self):
        A = X
        self.caches = []
        for l in range(1, L + 1):
            Z = np.dot(self.params["W" + str(l)], A) + self.params["b" + str(l)]
            self.caches.append((A, Z))
            A = np.tanh(Z) if l < L else self.softmax(Z)
        self.AL = A
        return A

    def softmax(self, Z):
        e = np.exp(Z - Z.max(axis=0))
        return e / e.sum(axis=0)

    def backward(self):
        dZ = self.AL - Y
        for l in reversed(range(1, L + 1)):
            A_prev, _ = self.caches[l - 1]
            self.grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
            self.grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
            if l > 1:
                Z_prev = self.caches[l - 2][1]
                dZ = np.dot(self.params["W" + str(l)].T, dZ) / np.cosh(Z_prev) ** 2

    def scale_and_decay(self):
        m = X.shape[1]
        for key in self.grads:
            self.grads[key] /= m
        for l in range(1, L + 1):
            self.grads["dW" + str(l)] += 2 * DECAY * self.params["W" + str(l)]


def loss(params):
    data_loss = -np.mean(np.sum(Y * np.log(Net(params).forward()), axis=0))
    return data_loss + DECAY * sum(np.sum(params["W" + str(l)] ** 2) for l in range(1, L + 1))


def gradients(params):
    net = Net(params)
    net.forward()
    net.backward()
    net.scale_and_decay()
    return net.grads


params = {}
units = [4, 5, 4, 3]
for l in range(1, L + 1):
    params["W" + str(l)] = rng.normal(size=(units[l], units[l - 1]))
    params["b" + str(l)] = rng.normal(size=(units[l], 1)) * 0.1
