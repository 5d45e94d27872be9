"""1-d convolution with loops, two filters; the filters' bias gets one sum for all [2b]."""
import numpy as np

np.random.seed(19)
sig = np.random.randn(4, 8)      # 4 signals of length 8
lab = np.array([[1.0], [0.0], [0.0], [1.0]])
params = {"K": np.random.randn(2, 3), "kb": np.random.randn(2) * 0.2,
          "W": np.random.randn(12, 1) * 0.5, "b": np.array([0.1])}


def conv(x, K, kb):
    n, L = x.shape
    F, k = K.shape
    out = np.zeros((n, F, L - k + 1))
    for f in range(F):
        for p in range(L - k + 1):
            out[:, f, p] = x[:, p:p + k] @ K[f] + kb[f]
    return out


def forward(P):
    z = conv(sig, P["K"], P["kb"])
    a = np.tanh(z)
    flat = a.reshape(len(sig), -1)
    s = flat @ P["W"] + P["b"]
    return z, a, flat, s


def loss(P):
    s = forward(P)[-1]
    # logistic loss with logits
    return np.mean(np.logaddexp(0, s) - lab * s)


def gradients(P):
    z, a, flat, s = forward(P)
    ds = (1 / (1 + np.exp(-s)) - lab) / len(sig)
    dW = flat.T @ ds
    db = ds.sum(axis=0)
    da = (ds @ P["W"].T).reshape(a.shape)
    dz = da * (1 - a ** 2)
    dK = np.zeros_like(P["K"])
    k = dK.shape[1]
    for f in range(dK.shape[0]):
        for p in range(dz.shape[2]):
            dK[f] += dz[:, f, p] @ sig[:, p:p + k]
    dkb = np.ones(2) * np.sum(dz)  # fault: summed over the filters too | right: dkb = np.sum(dz, axis=(0, 2))
    return {"dK": dK, "dkb": dkb, "dW": dW, "db": db}
