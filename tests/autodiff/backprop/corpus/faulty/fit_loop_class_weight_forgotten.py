"""A scikit-learn-like classifier: the class weights left out of the gradient [4c]."""
import numpy as np

rng = np.random.RandomState(303)
X = rng.randn(9, 3)
y = np.where(rng.rand(9) > 0.4, 1.0, -1.0)
params = {"coef_": rng.randn(3), "intercept_": rng.randn(1)}


def expit(t):
    return 1.0 / (1.0 + np.exp(-t))


class LogisticRegression:
    def __init__(self, C=0.7, class_weight=2.0):
        self.C = C
        self.class_weight = class_weight

    def decision_function(self, X):
        return X @ self.coef_ + self.intercept_

    def _sample_weight(self, y):
        return np.where(y > 0, self.class_weight, 1.0)

    def _loss(self, X, y):
        margin = y * self.decision_function(X)
        return self.C * np.sum(self._sample_weight(y) * np.log1p(np.exp(-margin))) + 0.5 * self.coef_ @ self.coef_

    def _grad(self, X, y):
        margin = y * self.decision_function(X)
        pull = -y * expit(-margin)  # fault: sample weights forgotten | right: pull = -y * expit(-margin) * self._sample_weight(y)
        grad_coef = self.C * (X.T @ pull) + self.coef_
        grad_intercept = self.C * pull.sum(keepdims=True)
        return grad_coef, grad_intercept


def fitted(p):
    model = LogisticRegression()
    model.coef_, model.intercept_ = p["coef_"], p["intercept_"]
    return model


def loss(p):
    return fitted(p)._loss(X, y)


def gradients(p):
    coef_, intercept_ = fitted(p)._grad(X, y)
    return {"coef_": coef_, "intercept_": intercept_}
