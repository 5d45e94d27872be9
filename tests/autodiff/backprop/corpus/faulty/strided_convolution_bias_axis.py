"""A strided convolution in loops: the bias summed over the whole map and all filters [2b]."""
import numpy as np

rng = np.random.default_rng(307)
images = rng.normal(size=(3, 1, 5, 5))
answers = rng.normal(size=(3, 2))
params = {"K": rng.normal(size=(2, 1, 3, 3)), "c": rng.normal(size=2), "V": rng.normal(size=(2, 2))}
STRIDE, PAD = 2, 1


def conv(x, K, c):
    xp = np.pad(x, ((0, 0), (0, 0), (PAD, PAD), (PAD, PAD)))
    size = (x.shape[2] + 2 * PAD - 3) // STRIDE + 1
    rows = []
    for i in range(size):
        for j in range(size):
            patch = xp[:, :, i * STRIDE : i * STRIDE + 3, j * STRIDE : j * STRIDE + 3]
            rows.append(np.tensordot(patch, K, axes=([1, 2, 3], [1, 2, 3])) + c)
    return np.stack(rows, axis=1), xp


def network(p):
    z, xp = conv(images, p["K"], p["c"])
    a = np.maximum(z, 0.1 * z)
    pooled = a.mean(axis=1)
    return z, xp, pooled, pooled @ p["V"]


def loss(p):
    return ((network(p)[-1] - answers) ** 2).sum() / 2


def gradients(p):
    z, xp, pooled, out = network(p)
    dout = out - answers
    dV = pooled.T @ dout
    dpooled = dout @ p["V"].T
    dz = np.repeat(dpooled[:, None, :], z.shape[1], axis=1) / z.shape[1]
    dz = dz * np.where(z > 0, 1.0, 0.1)
    dc = dz.sum()  # fault: sum over all axes | right: dc = dz.sum(axis=(0, 1))
    dK = np.zeros(p["K"].shape)
    size = int(np.sqrt(z.shape[1]))
    for n in range(len(images)):
        for i in range(size):
            for j in range(size):
                patch = xp[n, :, i * STRIDE : i * STRIDE + 3, j * STRIDE : j * STRIDE + 3]
                for f in range(2):
                    dK[f] += patch * dz[n, i * size + j, f]
    return {"K": dK, "c": dc, "V": dV}
