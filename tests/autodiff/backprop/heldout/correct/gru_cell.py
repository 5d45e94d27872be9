"""GRU cell, gates r, z, n."""
import numpy as np

rg = np.random.default_rng(311)
inp, h_prev, h_goal = rg.normal(size=(5, 2)), rg.normal(size=(5, 3)), rg.normal(size=(5, 3))
params = {f"{m}_{k}": rg.normal(size=(2 if m == "w" else 3, 3)) for m in "wu" for k in "rzn"}


def sigm(v):
    return np.reciprocal(1 + np.exp(-v))


class GRUCell:
    def __init__(self, p):
        self.__dict__.update(p)

    def forward(self):
        self.r = sigm(inp @ self.w_r + h_prev @ self.u_r)
        self.z = sigm(inp @ self.w_z + h_prev @ self.u_z)
        self.q = h_prev @ self.u_n
        self.n = np.tanh(inp @ self.w_n + self.r * self.q)
        self.h = self.n + self.z * (h_prev - self.n)
        return self.h

    def backward(self, gh):
        gz = gh * (h_prev - self.n) * self.z * (1 - self.z)
        gn = gh * (1 - self.z) * (1 - self.n**2)
        gr = gn * self.q * self.r * (1 - self.r)
        pieces = {"w_r": (inp, gr), "u_r": (h_prev, gr), "w_z": (inp, gz), "u_z": (h_prev, gz), "w_n": (inp, gn), "u_n": (h_prev, gn * self.r)}
        return {name: np.einsum("ni,no->io", a, b) for name, (a, b) in pieces.items()}


def loss(p):
    return 0.5 * np.square(GRUCell(p).forward() - h_goal).sum()


def gradients(p):
    cell = GRUCell(p)
    return cell.backward(cell.forward() - h_goal)
