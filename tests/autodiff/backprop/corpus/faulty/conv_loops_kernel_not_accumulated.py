"""Convolution by four loops: the kernel's gradient is overwritten at each position [9a]."""
import numpy as np

rng = np.random.RandomState(45)
images = rng.randn(4, 5, 5)
labels = rng.randn(4)
params = {"kernel": rng.randn(3, 3) * 0.5, "bias": rng.randn(1), "w": rng.randn(9)}


def conv(img, kernel, bias):
    rows = []
    for i in range(3):
        rows.append([np.sum(img[i : i + 3, j : j + 3] * kernel) + bias[0] for j in range(3)])
    return np.array(rows)


def loss(params):
    total = 0
    for img, t in zip(images, labels):
        fmap = np.tanh(conv(img, params["kernel"], params["bias"]))
        total += 0.5 * (fmap.ravel() @ params["w"] - t) ** 2
    return total


def gradients(params):
    dkernel, dbias, dw = np.zeros((3, 3)), np.zeros(1), np.zeros(9)
    for img, t in zip(images, labels):
        fmap = np.tanh(conv(img, params["kernel"], params["bias"]))
        err = fmap.ravel() @ params["w"] - t
        dw += err * fmap.ravel()
        dz = (err * params["w"]).reshape(3, 3) * (1 - fmap**2)
        dk = np.zeros((3, 3))
        for i in range(3):
            for j in range(3):
                dk = dz[i, j] * img[i : i + 3, j : j + 3]  # fault: overwritten, not summed over the positions | right: dk = dk + dz[i, j] * img[i : i + 3, j : j + 3]
        dkernel += dk
        dbias += dz.sum()
    return {"dkernel": dkernel, "dbias": dbias, "dw": dw}
