"""Logistic regression with an elastic net, fit() style: the L1 term is not in the gradient [9c]."""
import numpy as np

rng = np.random.RandomState(8)
X = rng.randn(9, 4)
y = (rng.rand(9) > 0.4).astype(float)
params = {"w": rng.randn(4), "b": rng.randn(1)}


class LogisticRegression:
    def __init__(self, l1=0.3, l2=0.1):
        self.l1, self.l2 = l1, l2

    def _proba(self, X):
        return 1.0 / (1.0 + np.exp(-(X @ self.w + self.b)))

    def _loss(self, X, y):
        p = self._proba(X)
        nll = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        return nll + self.l1 * np.abs(self.w).sum() + 0.5 * self.l2 * (self.w**2).sum()

    def _grad(self, X, y):
        n = X.shape[0]
        err = self._proba(X) - y
        dw = X.T @ err / n + self.l2 * self.w  # fault: l1's term missing | right: dw = X.T @ err / n + self.l2 * self.w + self.l1 * np.sign(self.w)
        db = np.array([err.mean()])
        return dw, db


def model(params):
    clf = LogisticRegression()
    clf.w, clf.b = params["w"], params["b"]
    return clf


def loss(params):
    return model(params)._loss(X, y)


def gradients(params):
    dw, db = model(params)._grad(X, y)
    return {"w": dw, "b": db}
