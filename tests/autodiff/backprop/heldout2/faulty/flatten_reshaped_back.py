"""CNN layers, channels last before the dense layer: Flatten's backward reshapes and forgets to transpose [6b]."""
import numpy as np

np.random.seed(6)
N, C, H, W = 3, 1, 4, 4
images = np.random.randn(N, C, H, W)
labels = np.array([1, 0, 1])
params = {"K": np.random.randn(2, C, 2, 2) * 0.7, "Wd": np.random.randn(18, 2) * 0.5, "bd": np.random.randn(2) * 0.1}


class Conv:
    def __init__(self, K):
        self.K = K

    def forward(self, x):
        self.x = x
        F, _, k, _ = self.K.shape
        out = np.zeros((x.shape[0], F, x.shape[2] - k + 1, x.shape[3] - k + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                patch = x[:, :, i : i + k, j : j + k]
                out[:, :, i, j] = np.tensordot(patch, self.K, axes=([1, 2, 3], [1, 2, 3]))
        return out

    def backward(self, dout):
        k = self.K.shape[2]
        self.dK = np.zeros_like(self.K)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                patch = self.x[:, :, i : i + k, j : j + k]
                self.dK += np.tensordot(dout[:, :, i, j], patch, axes=(0, 0))


class Flatten:
    def forward(self, x):
        self.shape = x.shape
        return x.transpose(0, 2, 3, 1).reshape(x.shape[0], -1)

    def backward(self, dout):
        n, c, h, w = self.shape
        return dout.reshape(n, c, h, w)  # fault: reshape without the transpose | right: return dout.reshape(n, h, w, c).transpose(0, 3, 1, 2)


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(p):
    h = np.tanh(Conv(p["K"]).forward(images))
    probs = softmax(Flatten().forward(h) @ p["Wd"] + p["bd"])
    return -np.log(probs[np.arange(N), labels]).mean()


def gradients(p):
    conv, flat = Conv(p["K"]), Flatten()
    h = np.tanh(conv.forward(images))
    v = flat.forward(h)
    d = softmax(v @ p["Wd"] + p["bd"])
    d[np.arange(N), labels] -= 1
    d /= N
    dWd = v.T @ d
    dbd = d.sum(axis=0)
    dh = flat.backward(d @ p["Wd"].T)
    conv.backward(dh * (1 - h**2))
    return {"dK": conv.dK, "dWd": dWd, "dbd": dbd}
