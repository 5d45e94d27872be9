"""Batch norm between two dense layers; gamma's gradient takes the raw input in place of the normalized one [5a]."""
import numpy as np

np.random.seed(31)
N, D, H, C = 8, 4, 5, 3
inputs = np.random.randn(N, D)
labels = np.random.randint(0, C, N)
params = {
    "W1": np.random.randn(D, H),
    "gamma": np.random.rand(H) + 0.5,
    "beta": np.random.randn(H) * 0.2,
    "W2": np.random.randn(H, C),
    "b2": np.random.randn(C) * 0.1,
}


class BN:
    def forward(self, x, gamma, beta):
        self.x, self.gamma = x, gamma
        self.mean = x.mean(axis=0)
        self.var = x.var(axis=0)
        self.std = np.sqrt(self.var + 1e-5)
        self.norm = (x - self.mean) / self.std
        return gamma * self.norm + beta

    def backward(self, dout):
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.x).sum(axis=0)  # fault: x for the normalized x | right: self.dgamma = (dout * self.norm).sum(axis=0)
        dnorm = dout * self.gamma
        m = len(dout)
        return (m * dnorm - dnorm.sum(axis=0) - self.norm * (dnorm * self.norm).sum(axis=0)) / (m * self.std)


def forward(params, bn):
    pre = bn.forward(inputs @ params["W1"], params["gamma"], params["beta"])
    hid = np.maximum(pre, 0)
    scores = hid @ params["W2"] + params["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    return pre, hid, e / e.sum(axis=1, keepdims=True)


def loss(params):
    probs = forward(params, BN())[2]
    return -np.log(probs[np.arange(N), labels]).mean()


def gradients(params):
    bn = BN()
    pre, hid, probs = forward(params, bn)
    dscores = probs.copy()
    dscores[np.arange(N), labels] -= 1
    dscores /= N
    dW2 = hid.T @ dscores
    db2 = dscores.sum(axis=0)
    dpre = (dscores @ params["W2"].T) * (pre > 0)
    dx = bn.backward(dpre)
    return {"dW1": inputs.T @ dx, "dgamma": bn.dgamma, "dbeta": bn.dbeta, "dW2": dW2, "db2": db2}
