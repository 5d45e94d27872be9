"""Batch norm with running averages: backward normalises by the running variance [5b]."""
import numpy as np

R = np.random.RandomState(230)
acts = R.randn(6, 3) * 2 + 1
goal = R.randn(6, 3)
params = {"gamma": R.rand(3) + 0.5, "beta": R.randn(3), "proj": R.randn(3, 3)}


class BN:
    def __init__(self):
        self.running_var = np.ones(3)
        self.eps = 1e-5

    def forward(self, x, gamma, beta):
        self.gamma = gamma
        self.mean, var = np.mean(x, axis=0), np.var(x, axis=0)
        self.centered = x - self.mean
        self.stddev_inv = 1 / np.sqrt(var + self.eps)
        self.running_var = 0.9 * self.running_var + 0.1 * var
        return gamma * self.centered * self.stddev_inv + beta

    def backward(self, accum_grad):
        n = len(accum_grad)
        X_norm = self.centered * self.stddev_inv
        self.grad_gamma = np.sum(accum_grad * X_norm, axis=0)
        self.grad_beta = np.sum(accum_grad, axis=0)
        inv = 1 / np.sqrt(self.running_var + self.eps)  # fault: running variance, forward used the batch's | right: inv = self.stddev_inv
        return (1 / n) * self.gamma * inv * (
            n * accum_grad - self.grad_beta - self.centered * inv**2 * np.sum(accum_grad * self.centered, axis=0)
        )


def loss(p):
    return 0.5 * np.sum((BN().forward(acts @ p["proj"], p["gamma"], p["beta"]) - goal) ** 2) / 6


def gradients(p):
    bn = BN()
    out = bn.forward(acts @ p["proj"], p["gamma"], p["beta"])
    dproj = acts.T @ bn.backward((out - goal) / 6)
    return {"gamma": bn.grad_gamma, "beta": bn.grad_beta, "proj": dproj}
