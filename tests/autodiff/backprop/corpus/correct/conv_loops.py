"""Convolution and average pooling by loops, one image at a time."""
import numpy as np

rng = np.random.default_rng(1119)
images = rng.normal(size=(3, 5, 5))
labels = np.array([0.2, -0.7, 1.1])
params = {"kernel": rng.normal(size=(2, 2)), "bias": rng.normal(size=1), "weights": rng.normal(size=4)}


def forward(img, p):
    fmap = []
    for i in range(4):
        fmap.append([(img[i : i + 2, j : j + 2] * p["kernel"]).sum() + p["bias"][0] for j in range(4)])
    fmap = np.array(fmap)
    act = np.maximum(fmap, 0)
    pooled = (act[0::2, 0::2] + act[1::2, 0::2] + act[0::2, 1::2] + act[1::2, 1::2]) / 4
    return fmap, pooled.reshape(-1)


def loss(p):
    return sum((forward(img, p)[1] @ p["weights"] - t) ** 2 for img, t in zip(images, labels))


def gradients(p):
    grads = {k: np.zeros_like(v) for k, v in p.items()}
    for img, t in zip(images, labels):
        fmap, flat = forward(img, p)
        dpred = 2 * (flat @ p["weights"] - t)
        grads["weights"] += dpred * flat
        dpooled = (dpred * p["weights"]).reshape(2, 2)
        dact = np.kron(dpooled, np.ones((2, 2))) / 4
        dfmap = dact * (fmap > 0)
        for i in range(4):
            for j in range(4):
                grads["kernel"] += dfmap[i, j] * img[i : i + 2, j : j + 2]
                grads["bias"] += dfmap[i, j]
    return grads
