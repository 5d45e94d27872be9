"""ELU layers as functions in a table, generic trainer: elu' forgets to add alpha [3e]."""
import numpy as np

ALPHA = 1.0
R = np.random.RandomState(217)
batch_x, batch_y = R.randn(6, 4), R.randn(6, 2)
params = {"layer0/W": R.randn(4, 5), "layer0/b": R.randn(5), "layer1/W": R.randn(5, 2), "layer1/b": R.randn(2)}


def elu(z):
    return np.where(z > 0, z, ALPHA * (np.exp(np.minimum(z, 0)) - 1))


def elu_prime(z):
    return np.where(z > 0, 1.0, elu(z))  # fault: elu(z) where elu(z) + alpha belongs | right: return np.where(z > 0, 1.0, elu(z) + ALPHA)


ACT = {"elu": (elu, elu_prime), "id": (lambda z: z, np.ones_like)}
SPEC = ["elu", "id"]


def loss(params):
    h = batch_x
    for i, kind in enumerate(SPEC):
        h = ACT[kind][0](h @ params[f"layer{i}/W"] + params[f"layer{i}/b"])
    return 0.5 * np.mean(np.sum((h - batch_y) ** 2, axis=1))


def gradients(params):
    hs, zs = [batch_x], []
    for i, kind in enumerate(SPEC):
        zs.append(hs[-1] @ params[f"layer{i}/W"] + params[f"layer{i}/b"])
        hs.append(ACT[kind][0](zs[-1]))
    grad, signal = {}, (hs[-1] - batch_y) / len(batch_x)
    for i in reversed(range(len(SPEC))):
        signal = signal * ACT[SPEC[i]][1](zs[i])
        grad[f"layer{i}/W"] = hs[i].T @ signal
        grad[f"layer{i}/b"] = signal.sum(axis=0)
        signal = signal @ params[f"layer{i}/W"].T
    return grad
