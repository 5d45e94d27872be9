"""A random field: the pair's probability takes this step's backward value [5a]."""
import numpy as np

rng = np.random.default_rng(313)
features = rng.normal(size=(5, 3))
tags = [0, 1, 1, 2, 0]
params = {"emit": rng.normal(size=(3, 3)), "trans": rng.normal(size=(3, 3))}


def lse(v, axis=None):
    m = np.max(v)
    return m + np.log(np.sum(np.exp(v - m), axis=axis))


def forward(unary, trans):
    alpha = [unary[0]]
    for t in range(1, len(unary)):
        alpha.append(unary[t] + lse(alpha[-1][:, None] + trans, axis=0))
    return alpha


def loss(p):
    unary = features @ p["emit"]
    score = sum(unary[t, tags[t]] for t in range(5)) + sum(p["trans"][a, b] for a, b in zip(tags, tags[1:]))
    return lse(forward(unary, p["trans"])[-1]) - score


def gradients(p):
    unary = features @ p["emit"]
    alpha = forward(unary, p["trans"])
    logZ = lse(alpha[-1])
    beta = [np.zeros(3)]
    for t in range(4, 0, -1):
        beta.insert(0, lse(p["trans"] + unary[t] + beta[0], axis=1))
    d_unary = np.exp(np.array(alpha) + np.array(beta) - logZ)
    d_trans = np.zeros((3, 3))
    for t in range(4):
        d_trans += np.exp(alpha[t][:, None] + p["trans"] + unary[t + 1] + beta[t] - logZ)  # fault: beta of the wrong step | right: d_trans += np.exp(alpha[t][:, None] + p["trans"] + unary[t + 1] + beta[t + 1] - logZ)
        d_trans[tags[t], tags[t + 1]] -= 1
    d_unary[np.arange(5), tags] -= 1
    return {"emit": features.T @ d_unary, "trans": d_trans}
