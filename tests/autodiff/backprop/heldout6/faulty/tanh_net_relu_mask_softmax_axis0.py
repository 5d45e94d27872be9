"""Was a ReLU net, became tanh; the backward pass still masks, and its softmax runs down the batch [3e, 7c, 10c]."""
import numpy as np


class Net:
    def __init__(self, p):
        self.p = p

    def scores(self, X):
        self.X = X
        self.h = np.tanh(X @ self.p["W_in"] + self.p["b_in"])
        self.s = self.h @ self.p["W_out"] + self.p["b_out"]
        return self.s

    def log_loss(self, X, labels):
        s = self.scores(X)
        log_z = np.log(np.sum(np.exp(s), axis=1))
        return np.mean(log_z - s[np.arange(len(labels)), labels])

    def grad(self, X, labels):
        n = len(labels)
        self.scores(X)
        e = np.exp(self.s)
        p = e / np.sum(e, axis=0)  # fault: normalised over the batch | right: p = e / np.sum(e, axis=1, keepdims=True)
        p[np.arange(n), labels] -= 1
        ds = p / n
        dh = ds @ self.p["W_out"].T
        dz = dh * (self.h > 0)  # fault: relu's derivative, the layer is tanh | right: dz = dh * (1 - self.h ** 2)
        return {
            "W_out": self.h.T @ ds, "b_out": ds.sum(axis=0),
            "W_in": self.X.T @ dz, "b_in": dz.sum(axis=0),
        }


rng = np.random.RandomState(88)
X_train = rng.randn(6, 4)
labels = rng.randint(0, 3, 6)
params = {"W_in": rng.randn(4, 5) * 0.6, "b_in": rng.randn(5) * 0.1, "W_out": rng.randn(5, 3) * 0.6, "b_out": rng.randn(3) * 0.1}


def loss(p):
    return Net(p).log_loss(X_train, labels)


def gradients(p):
    return Net(p).grad(X_train, labels)
