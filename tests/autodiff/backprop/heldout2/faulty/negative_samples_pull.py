"""word2vec with negative sampling, course assignment: the negative samples' part has the wrong sign [10a]."""
import numpy as np

rng = np.random.default_rng(224)
params = {"centerWords": rng.normal(size=(5, 3)), "outsideVectors": rng.normal(size=(5, 3))}
pairs = [(0, 3, [1, 4, 4]), (2, 1, [0, 3, 2]), (0, 2, [1, 1, 4])]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, negSampleWordIndices, outsideVectors):
    indices = [outsideWordIdx] + negSampleWordIndices
    gradOutsideVecs = np.zeros_like(outsideVectors)
    u_o = outsideVectors[outsideWordIdx]
    p = sigmoid(u_o @ centerWordVec)
    loss = -np.log(p)
    gradCenterVec = (p - 1) * u_o
    gradOutsideVecs[outsideWordIdx] += (p - 1) * centerWordVec
    for k in indices[1:]:
        u_k = outsideVectors[k]
        q = sigmoid(-(u_k @ centerWordVec))
        loss += -np.log(q)
        coef = q - 1  # fault: sign flipped | right: coef = 1 - q
        gradCenterVec += coef * u_k
        gradOutsideVecs[k] += coef * centerWordVec
    return loss, gradCenterVec, gradOutsideVecs


def loss(params):
    total = 0.0
    for c, o, neg in pairs:
        total += negSamplingLossAndGradient(params["centerWords"][c], o, neg, params["outsideVectors"])[0]
    return total / len(pairs)


def gradients(params):
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    for c, o, neg in pairs:
        _, gc, go = negSamplingLossAndGradient(params["centerWords"][c], o, neg, params["outsideVectors"])
        grads["centerWords"][c] += gc / len(pairs)
        grads["outsideVectors"] += go / len(pairs)
    return grads
