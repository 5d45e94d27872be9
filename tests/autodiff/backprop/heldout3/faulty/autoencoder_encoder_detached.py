"""Autoencoder trained by backprop of which the part into the encoder was left as zeros [10b]."""
import numpy as np


class Encoder:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x):
        self.x = x
        self.a = 1 / (1 + np.exp(-(x @ self.W.T + self.b)))
        return self.a

    def back(self, grad):
        dz = grad * self.a * (1 - self.a)
        return dz.T @ self.x, dz.sum(axis=0)


class Decoder:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, code):
        self.code = code
        self.a = 1 / (1 + np.exp(-(code @ self.W.T + self.b)))
        return self.a

    def back(self, grad):
        dz = grad * self.a * (1 - self.a)
        # nothing to be passed on yet
        d_code = np.zeros_like(self.code)  # fault: encoder cut off | right: d_code = dz @ self.W
        return dz.T @ self.code, dz.sum(axis=0), d_code


rng = np.random.default_rng(6)
images = rng.random((5, 6))
params = {
    "W_enc": rng.standard_normal((3, 6)),
    "b_enc": rng.standard_normal(3),
    "W_dec": rng.standard_normal((6, 3)),
    "b_dec": rng.standard_normal(6),
}


def loss(params):
    enc = Encoder(params["W_enc"], params["b_enc"])
    dec = Decoder(params["W_dec"], params["b_dec"])
    return np.mean(np.sum((dec(enc(images)) - images) ** 2, axis=1))


def gradients(params):
    enc = Encoder(params["W_enc"], params["b_enc"])
    dec = Decoder(params["W_dec"], params["b_dec"])
    out = dec(enc(images))
    d_out = 2 * (out - images) / len(images)
    dW_dec, db_dec, d_code = dec.back(d_out)
    dW_enc, db_enc = enc.back(d_code)
    return {"W_enc": dW_enc, "b_enc": db_enc, "W_dec": dW_dec, "b_dec": db_dec}
