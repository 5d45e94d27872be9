"""Tied autoencoder: W is used twice, its gradient is the sum of the encoder's and the transposed decoder's."""
import numpy as np


class TiedAutoencoder:
    def __init__(self, W, b_enc, b_dec):
        self.W, self.b_enc, self.b_dec = W, b_enc, b_dec

    def forward(self, X):
        self.X = X
        self.code = 1 / (1 + np.exp(-(X @ self.W + self.b_enc)))
        self.recon = self.code @ self.W.T + self.b_dec
        return self.recon

    def cost(self):
        # mean over the pixels and the images
        return ((self.recon - self.X) ** 2).mean()

    def backward(self):
        d_recon = 2.0 / self.X.size * (self.recon - self.X)
        d_W = d_recon.T @ self.code
        d_b_dec = d_recon.sum(axis=0)
        d_code = d_recon @ self.W
        d_code *= self.code
        d_code *= 1 - self.code
        d_W += self.X.T @ d_code
        d_b_enc = d_code.sum(axis=0)
        return {"dW": d_W, "db_enc": d_b_enc, "db_dec": d_b_dec}


rng = np.random.default_rng(43)
images = rng.random((5, 6))
params = {"W": rng.normal(size=(6, 3)), "b_enc": rng.normal(size=3) * 0.2, "b_dec": rng.normal(size=6) * 0.2}


def loss(params):
    ae = TiedAutoencoder(**params)
    ae.forward(images)
    return ae.cost()


def gradients(params):
    ae = TiedAutoencoder(**params)
    ae.forward(images)
    return ae.backward()
