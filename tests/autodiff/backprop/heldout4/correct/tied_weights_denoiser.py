"""Denoising autoencoder with tied weights: corrupted input below, clean target above."""
import numpy as np

rng = np.random.RandomState(48)
clean = rng.uniform(0.1, 0.9, size=(6, 5))
noise_mask = rng.binomial(1, 0.7, size=clean.shape)


class DenoisingAE(object):
    def __init__(self, W, hbias, vbias):
        self.W, self.hbias, self.vbias = W, hbias, vbias

    def sigmoid(self, x):
        return 1. / (1 + np.exp(-x))

    def encode(self, noisy):
        return self.sigmoid(np.dot(noisy, self.W) + self.hbias)

    def decode(self, hidden):
        return self.sigmoid(np.dot(hidden, self.W.T) + self.vbias)

    def cross_entropy(self, x):
        z = self.decode(self.encode(noise_mask * x))
        return -np.mean(np.sum(x * np.log(z) + (1 - x) * np.log(1 - z), axis=1))

    def train(self, x):
        noisy = noise_mask * x
        y = self.encode(noisy)
        z = self.decode(y)

        r2 = x - z
        r1 = np.dot(r2, self.W) * y * (1 - y)
        up_visible = r2
        up_hidden = r1
        up_W = np.dot(noisy.T, r1) + np.dot(r2.T, y)
        # ascent directions, so turned round here
        return {
            "W": -up_W / len(x),
            "hbias": -np.mean(up_hidden, axis=0),
            "vbias": -np.mean(up_visible, axis=0),
        }


def loss(params):
    return DenoisingAE(**params).cross_entropy(clean)


def gradients(params):
    return DenoisingAE(**params).train(clean)


params = {"W": rng.randn(5, 3), "hbias": rng.randn(3) * 0.3, "vbias": rng.randn(5) * 0.3}
