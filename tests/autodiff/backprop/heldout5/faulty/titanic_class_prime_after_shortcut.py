"""Cross entropy with a sigmoid output, and sigmoid' applied after the subtraction as well [7b]."""
import numpy as np


class NeuralNetwork:
    def __init__(self, W1, b1, W2, b2):
        self.W1 = W1
        self.b1 = b1
        self.W2 = W2
        self.b2 = b2

    def sigmoid(self, s):
        return 1 / (1 + np.exp(-s))

    def sigmoidPrime(self, s):
        return s * (1 - s)

    def forward(self, X):
        self.z = np.dot(X, self.W1) + self.b1
        self.z2 = self.sigmoid(self.z)
        self.z3 = np.dot(self.z2, self.W2) + self.b2
        self.o = self.sigmoid(self.z3)
        return self.o

    def cost(self, X, y):
        o = self.forward(X)
        return -np.mean(y * np.log(o) + (1 - y) * np.log(1 - o))

    def backward(self, X, y, o):
        n = X.shape[0]
        # o - y already is the slope at z3
        self.o_delta = (o - y) * self.sigmoidPrime(o) / n  # fault: sigmoid' on top | right: self.o_delta = (o - y) / n
        self.z2_error = self.o_delta.dot(self.W2.T)
        self.z2_delta = self.z2_error * self.sigmoidPrime(self.z2)
        self.dW1 = X.T.dot(self.z2_delta)
        self.db1 = self.z2_delta.sum(axis=0)
        self.dW2 = self.z2.T.dot(self.o_delta)
        self.db2 = self.o_delta.sum(axis=0)


rs = np.random.RandomState(1912)
passengers = rs.randn(9, 4)
survived = rs.randint(0, 2, (9, 1))
params = {"W1": rs.randn(4, 3), "b1": rs.randn(3), "W2": rs.randn(3, 1), "b2": rs.randn(1)}


def loss(p):
    return NeuralNetwork(**p).cost(passengers, survived)


def gradients(p):
    nn = NeuralNetwork(**p)
    o = nn.forward(passengers)
    nn.backward(passengers, survived, o)
    return {"dW1": nn.dW1, "db1": nn.db1, "dW2": nn.dW2, "db2": nn.db2}
