"""Deep autoencoder, equal hidden widths; the last layer's weights see the wrong hidden code [5a]."""
import numpy as np

rs = np.random.RandomState(14)
data = rs.rand(6, 5)
params = {"W_enc1": rs.randn(5, 3), "W_enc2": rs.randn(3, 3), "W_dec": rs.randn(3, 5), "b_dec": rs.randn(5) * 0.1}


def sig(x):
    return 1 / (1 + np.exp(-x))


class AutoEncoder:
    def __init__(self, params):
        self.__dict__.update(params)

    def encode(self, x):
        self.a1 = sig(x @ self.W_enc1)
        self.a2 = sig(self.a1 @ self.W_enc2)
        return self.a2

    def decode(self, code):
        self.x_hat = code @ self.W_dec + self.b_dec
        return self.x_hat

    def reconstruction_error(self, x):
        return np.sum((self.decode(self.encode(x)) - x) ** 2) / (2 * len(x))

    def backprop(self, x):
        n = len(x)
        self.reconstruction_error(x)
        d_xhat = (self.x_hat - x) / n
        d_W_dec = self.a1.T @ d_xhat  # fault: the first code in place of the second | right: d_W_dec = self.a2.T @ d_xhat
        d_b_dec = d_xhat.sum(0)
        d_a2 = d_xhat @ self.W_dec.T
        d_z2 = d_a2 * self.a2 * (1 - self.a2)
        d_W_enc2 = self.a1.T @ d_z2
        d_a1 = d_z2 @ self.W_enc2.T
        d_z1 = d_a1 * self.a1 * (1 - self.a1)
        d_W_enc1 = x.T @ d_z1
        return dict(W_enc1=d_W_enc1, W_enc2=d_W_enc2, W_dec=d_W_dec, b_dec=d_b_dec)


def loss(params):
    return AutoEncoder(params).reconstruction_error(data)


def gradients(params):
    return AutoEncoder(params).backprop(data)
