"""Skip-gram of a course assignment: naive softmax for one window, negative samples that repeat for another."""
import numpy as np

rng = np.random.default_rng(2240)
params = {"centerWordVectors": rng.normal(size=(5, 3)), "outsideVectors": rng.normal(size=(5, 3))}
windows = [(0, [1, 2]), (3, [4, 0])]
negatives = {4: [1, 2, 1], 0: [2, 2, 4]}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    x = np.exp(x - np.max(x))
    return x / np.sum(x)


def naiveSoftmaxLossAndGradient(v_c, o, U):
    y_hat = softmax(np.dot(U, v_c))
    loss = -np.log(y_hat[o])
    d = y_hat
    d[o] -= 1
    return loss, np.dot(U.T, d), np.outer(d, v_c)


def negSamplingLossAndGradient(v_c, o, U):
    gradOutsideVecs = np.zeros(U.shape)
    s = sigmoid(U[o].dot(v_c))
    loss = -np.log(s)
    gradCenterVec = -(1 - s) * U[o]
    gradOutsideVecs[o] = -(1 - s) * v_c
    for k in negatives[o]:
        s = sigmoid(-U[k].dot(v_c))
        loss -= np.log(s)
        gradCenterVec += (1 - s) * U[k]
        gradOutsideVecs[k] += (1 - s) * v_c
    return loss, gradCenterVec, gradOutsideVecs


def skipgram(p):
    V, U = p["centerWordVectors"], p["outsideVectors"]
    cost = 0.0
    gradCenterVecs = np.zeros(V.shape)
    gradOutsideVectors = np.zeros(U.shape)
    for (c, outside), lossAndGradient in zip(windows, (naiveSoftmaxLossAndGradient, negSamplingLossAndGradient)):
        for o in outside:
            l, gc, go = lossAndGradient(V[c], o, U)
            cost += l / len(windows)
            gradCenterVecs[c] += gc / len(windows)
            gradOutsideVectors += go / len(windows)
    return cost, gradCenterVecs, gradOutsideVectors


def loss(params):
    return skipgram(params)[0]


def gradients(params):
    _, gV, gU = skipgram(params)
    return {"grad_centerWordVectors": gV, "grad_outsideVectors": gU}
