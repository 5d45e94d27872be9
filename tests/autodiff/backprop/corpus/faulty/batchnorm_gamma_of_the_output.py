"""Rows, batch norm in one formula: dgamma made of the output in place of the normalised input [5b]."""
import numpy as np

rng = np.random.RandomState(43)
X, Y = rng.randn(7, 2), rng.randn(7, 3)
params = {"w": rng.randn(2, 3), "gamma": np.array([0.8, 1.3, -0.6]), "beta": rng.randn(3)}


class BatchNorm:
    def __init__(self, gamma, beta, eps=1e-8):
        self.gamma, self.beta, self.eps = gamma, beta, eps

    def forward(self, z):
        self.std = np.sqrt(z.var(axis=0) + self.eps)
        self.zhat = (z - z.mean(axis=0)) / self.std
        self.out = self.gamma * self.zhat + self.beta
        return self.out

    def backward(self, dout):
        m = dout.shape[0]
        self.dgamma = np.sum(dout * self.out, axis=0)  # fault: output used in place of the normalised input | right: self.dgamma = np.sum(dout * self.zhat, axis=0)
        self.dbeta = np.sum(dout, axis=0)
        dzhat = dout * self.gamma
        dz = (m * dzhat - dzhat.sum(axis=0) - self.zhat * (dzhat * self.zhat).sum(axis=0)) / (m * self.std)
        return dz


def loss(params):
    bn = BatchNorm(params["gamma"], params["beta"])
    out = np.tanh(bn.forward(X @ params["w"]))
    return 0.5 * ((out - Y) ** 2).mean()


def gradients(params):
    bn = BatchNorm(params["gamma"], params["beta"])
    out = np.tanh(bn.forward(X @ params["w"]))
    delta = (out - Y) / Y.size * (1 - out**2)
    dz = bn.backward(delta)
    return {"w": X.T @ dz, "gamma": bn.dgamma, "beta": bn.dbeta}
