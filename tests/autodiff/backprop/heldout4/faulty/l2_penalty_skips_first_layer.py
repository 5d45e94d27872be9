"""L2 on both weight matrices in the cost, but the first layer's gradient doesn't know [9c]."""
import numpy as np

rng = np.random.RandomState(31)
X_train = rng.randn(8, 3)
y_train = rng.randint(0, 2, (8, 1)).astype(float)


class Net(object):
    def __init__(self, params, reg_lambda=0.3):
        self.params = params
        self.reg_lambda = reg_lambda
        self.cache = {}

    def forward(self, X):
        c = self.cache
        c["X"] = X
        c["h"] = np.tanh(X @ self.params["W1"] + self.params["b1"])
        c["p"] = 1 / (1 + np.exp(-(c["h"] @ self.params["W2"] + self.params["b2"])))
        return c["p"]

    def cost(self, X, y):
        p = self.forward(X)
        data_loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        reg_loss = 0.5 * self.reg_lambda * (np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2))
        return data_loss + reg_loss

    def backward(self, y):
        c, lam = self.cache, self.reg_lambda
        N = y.shape[0]
        dlogit = (c["p"] - y) / N
        grads = {}
        grads["W2"] = c["h"].T @ dlogit + lam * self.params["W2"]
        grads["b2"] = np.sum(dlogit, axis=0)
        dh = dlogit @ self.params["W2"].T
        dpre = dh * (1 - c["h"] * c["h"])
        grads["W1"] = c["X"].T @ dpre  # fault: no regularization here | right: grads["W1"] = c["X"].T @ dpre + lam * self.params["W1"]
        grads["b1"] = np.sum(dpre, axis=0)
        return grads


def loss(params):
    return Net(params).cost(X_train, y_train)


def gradients(params):
    net = Net(params)
    net.forward(X_train)
    return net.backward(y_train)


params = {
    "W1": rng.randn(3, 4),
    "b1": rng.randn(4),
    "W2": rng.randn(4, 1),
    "b2": rng.randn(1),
}
