"""Autoencoder whose backward pass pulls the code towards zero though the loss has no such term [9b]."""
import numpy as np

np.random.seed(64)
X = np.random.rand(6, 5)


class AutoEncoder:
    def __init__(self, params, beta=0.05):
        self.We, self.be = params["We"], params["be"]
        self.Wd, self.bd = params["Wd"], params["bd"]
        self.beta = beta

    def encode(self, X):
        self.pre_code = X.dot(self.We) + self.be
        self.code = np.tanh(self.pre_code)
        return self.code

    def decode(self, code):
        self.recon = code.dot(self.Wd) + self.bd
        return self.recon

    def reconstruction_loss(self, X):
        self.decode(self.encode(X))
        return np.mean(np.sum((self.recon - X) ** 2, axis=1))

    def backward(self, X):
        n = X.shape[0]
        d_recon = 2.0 / n * (self.recon - X)
        dWd = self.code.T.dot(d_recon)
        dbd = d_recon.sum(axis=0)
        d_code = d_recon.dot(self.Wd.T) + self.beta * np.sign(self.code)  # fault: penalty not in the loss | right: d_code = d_recon.dot(self.Wd.T)
        d_pre = d_code * (1 - self.code ** 2)
        dWe = X.T.dot(d_pre)
        dbe = d_pre.sum(axis=0)
        return {"dWe": dWe, "dbe": dbe, "dWd": dWd, "dbd": dbd}


def loss(params):
    return AutoEncoder(params).reconstruction_loss(X)


def gradients(params):
    ae = AutoEncoder(params)
    ae.reconstruction_loss(X)
    return ae.backward(X)


params = {
    "We": np.random.randn(5, 2),
    "be": np.random.randn(2) * 0.2,
    "Wd": np.random.randn(2, 5),
    "bd": np.random.randn(5) * 0.2,
}
