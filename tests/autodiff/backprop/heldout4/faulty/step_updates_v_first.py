"""Train step of a class that moves V before the hidden layer's turn; gradients are read from the moves [5c]."""
import numpy as np

np.random.seed(9)
X = np.random.randn(10, 4)
T = np.random.randn(10, 2)


class MLP:
    """one hidden tanh layer, linear output"""

    def __init__(self, W, V, lr=0.05):
        self.W = W
        self.V = V
        self.lr = lr

    def forward(self, X):
        self.H = np.tanh(X @ self.W)
        self.O = self.H @ self.V
        return self.O

    def cost(self, X, T):
        return np.mean(np.sum((self.forward(X) - T) ** 2, axis=1))

    def train_step(self, X, T):
        W_old, V_old = self.W.copy(), self.V.copy()
        self.forward(X)
        # output layer
        dO = 2 * (self.O - T) / len(X)
        dV = self.H.T @ dO
        self.V = self.V - self.lr * dV
        # hidden layer
        dH = dO @ self.V.T  # fault: V was moved already | right: dH = dO @ V_old.T
        dA = dH * (1 - self.H ** 2)
        dW = X.T @ dA
        self.W = self.W - self.lr * dW
        return W_old - self.W, V_old - self.V


def loss(params):
    return MLP(params["W"], params["V"]).cost(X, T)


def gradients(params):
    net = MLP(params["W"], params["V"])
    moved_W, moved_V = net.train_step(X, T)
    return {"W": moved_W / net.lr, "V": moved_V / net.lr}


params = {
    "W": np.random.randn(4, 5) * 0.5,
    "V": np.random.randn(5, 2) * 0.5,
}
