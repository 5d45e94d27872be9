"""word2vec's skip-gram with a full softmax, one pair at a time, rows of zeros filled by index."""
import numpy as np

rnd = np.random.RandomState(312)
pairs = [(0, 3), (2, 4), (1, 0), (3, 2), (0, 1), (2, 3)]
params = {"w1": rnd.uniform(-0.8, 0.8, (5, 3)), "w2": rnd.uniform(-0.8, 0.8, (3, 5))}


def forward(center, w1, w2):
    h = w1[center]
    u = np.dot(w2.T, h)
    e_x = np.exp(u - np.max(u))
    return h, e_x / e_x.sum(axis=0)


def loss(params):
    return sum(-np.log(forward(c, params["w1"], params["w2"])[1][o]) for c, o in pairs)


def gradients(params):
    w1, w2 = params["w1"], params["w2"]
    dl_dw1, dl_dw2 = np.zeros(w1.shape), np.zeros(w2.shape)
    for c, o in pairs:
        h, y_pred = forward(c, w1, w2)
        EI = np.array([p - 1 if k == o else p for k, p in enumerate(y_pred)])
        x = np.zeros(5)
        x[c] = 1
        dl_dw2 += np.outer(h, EI)
        dl_dw1 += np.outer(x, np.dot(w2, EI.T))
    return {"w1": dl_dw1, "w2": dl_dw2}
