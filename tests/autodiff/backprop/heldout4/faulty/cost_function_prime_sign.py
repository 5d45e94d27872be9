"""Study-hours net with a separate cost and gradient method; the minus of the output delta got lost [10a]."""
import numpy as np

hours = np.array([[0.3, 1.0], [0.5, 0.2], [1.0, 0.4], [0.1, 0.7]])
grade = np.array([[0.75], [0.82], [0.93], [0.4]])


class ScoreNet:
    def __init__(self, Wa, Wb):
        self.Wa, self.Wb = Wa, Wb

    @staticmethod
    def f(z):
        return 1.0 / (1.0 + np.exp(-z))

    @classmethod
    def df(cls, z):
        return cls.f(z) * cls.f(-z)

    def predict(self, inp):
        self.za = inp @ self.Wa
        self.ya = self.f(self.za)
        self.zb = self.ya @ self.Wb
        self.yb = self.f(self.zb)
        return self.yb

    def cost(self, inp, want):
        residual = want - self.predict(inp)
        return (residual ** 2).sum() / 2

    def cost_gradient(self, inp, want):
        residual = want - self.predict(inp)
        delta_b = residual * self.df(self.zb)  # fault: minus lost | right: delta_b = -residual * self.df(self.zb)
        delta_a = delta_b @ self.Wb.T * self.df(self.za)
        dWb = self.ya.T @ delta_b
        dWa = inp.T @ delta_a
        return dWa, dWb


def loss(params):
    return ScoreNet(params["Wa"], params["Wb"]).cost(hours, grade)


def gradients(params):
    dWa, dWb = ScoreNet(params["Wa"], params["Wb"]).cost_gradient(hours, grade)
    return {"dWa": dWa, "dWb": dWb}


np.random.seed(14)
params = {"Wa": np.random.randn(2, 3), "Wb": np.random.randn(3, 1)}
