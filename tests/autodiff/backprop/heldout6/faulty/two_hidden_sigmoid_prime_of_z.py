"""Grades from hours, self.z1, self.a1, ...; sigmoid_prime wants the activation and is given z in one place [3a]."""
import numpy as np


class Neural_Network(object):
    def __init__(self, params):
        self.W1, self.W2, self.W3 = params["W1"], params["W2"], params["W3"]

    def sigmoid(self, s):
        return 1 / (1 + np.exp(-s))

    def sigmoid_prime(self, s):
        return s * (1 - s)

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.a1 = self.sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.a2 = self.sigmoid(self.z2)
        self.z3 = np.dot(self.a2, self.W3)
        self.a3 = self.sigmoid(self.z3)
        return self.a3

    def backward(self, X, y):
        self.o_delta = (self.a3 - y) * self.sigmoid_prime(self.a3)

        self.z2_error = self.o_delta.dot(self.W3.T)
        self.z2_delta = self.z2_error * self.sigmoid_prime(self.z2)  # fault: x(1-x) at the weighted sum | right: self.z2_delta = self.z2_error * self.sigmoid_prime(self.a2)

        self.z1_error = self.z2_delta.dot(self.W2.T)
        self.z1_delta = self.z1_error * self.sigmoid_prime(self.a1)

        return {"W1": X.T.dot(self.z1_delta), "W2": self.a1.T.dot(self.z2_delta), "W3": self.a2.T.dot(self.o_delta)}


# hours slept, hours studied -> grade
X = np.array(([2, 9], [1, 5], [3, 6], [4, 2]), dtype=float)
y = np.array(([92], [86], [89], [60]), dtype=float)
X = X / np.amax(X, axis=0)
y = y / 100

np.random.seed(8)
params = {"W1": np.random.randn(2, 3), "W2": np.random.randn(3, 3), "W3": np.random.randn(3, 1)}


def loss(params):
    return 0.5 * np.sum(np.square(y - Neural_Network(params).forward(X)))


def gradients(params):
    NN = Neural_Network(params)
    NN.forward(X)
    return NN.backward(X, y)
