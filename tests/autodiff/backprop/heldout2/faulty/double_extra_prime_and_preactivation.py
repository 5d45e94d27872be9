"""Binary classifier, rows, helper sigmoid_der(a): once too often, and once at the pre-activation [7b, 3a, 10c]."""
import numpy as np

rng = np.random.default_rng(13)
feature_set = rng.normal(size=(8, 2))
labels = np.array([[1, 0, 0, 1, 1, 0, 1, 0]]).T
params = {
    "wh": rng.normal(size=(2, 4)),
    "bh": rng.normal(size=(1, 4)) * 0.2,
    "wo": rng.normal(size=(4, 1)),
    "bo": rng.normal(size=(1, 1)) * 0.2,
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_der(a):
    return a * (1 - a)


def loss(p):
    ah = sigmoid(feature_set @ p["wh"] + p["bh"])
    ao = sigmoid(ah @ p["wo"] + p["bo"])
    return -np.mean(labels * np.log(ao) + (1 - labels) * np.log(1 - ao))


def gradients(p):
    n = labels.shape[0]
    # phase 1
    zh = np.dot(feature_set, p["wh"]) + p["bh"]
    ah = sigmoid(zh)
    zo = np.dot(ah, p["wo"]) + p["bo"]
    ao = sigmoid(zo)
    # phase 2
    dcost_dzo = (ao - labels) / n * sigmoid_der(ao)  # fault: sigmoid' on top of ao - labels | right: dcost_dzo = (ao - labels) / n
    dcost_wo = np.dot(ah.T, dcost_dzo)
    dcost_bo = dcost_dzo.sum(axis=0, keepdims=True)
    # phase 3
    dcost_dah = np.dot(dcost_dzo, p["wo"].T)
    dah_dzh = sigmoid_der(zh)  # fault: x(1-x) at the pre-activation | right: dah_dzh = sigmoid_der(ah)
    dcost_wh = np.dot(feature_set.T, dah_dzh * dcost_dah)
    dcost_bh = (dah_dzh * dcost_dah).sum(axis=0, keepdims=True)
    return {"wh": dcost_wh, "bh": dcost_bh, "wo": dcost_wo, "bo": dcost_bo}
