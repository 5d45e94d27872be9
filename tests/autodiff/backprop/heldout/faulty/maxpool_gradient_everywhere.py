"""Convolution and max pooling in plain loops: the pooled error goes to every cell, not to the largest [4a]."""
import numpy as np

state = np.random.RandomState(215)
pics = state.randn(3, 6, 6)
want = state.randn(3)
params = {"filt": state.randn(3, 3), "dense": state.randn(4)}


def convolve(pic, filt):
    return np.array([[np.sum(pic[r : r + 3, c : c + 3] * filt) for c in range(4)] for r in range(4)])


def maxpool(m):
    return np.array([[np.max(m[r : r + 2, c : c + 2]) for c in (0, 2)] for r in (0, 2)])


def loss(params):
    s = 0
    for pic, t in zip(pics, want):
        s = s + (maxpool(convolve(pic, params["filt"])).flatten() @ params["dense"] - t) ** 2
    return s / len(pics)


def gradients(params):
    d_filt, d_dense = np.zeros((3, 3)), np.zeros(4)
    for pic, t in zip(pics, want):
        fm = convolve(pic, params["filt"])
        pooled = maxpool(fm)
        d_pred = 2 * (pooled.flatten() @ params["dense"] - t) / len(pics)
        d_dense += d_pred * pooled.flatten()
        d_pooled = (d_pred * params["dense"]).reshape(2, 2)
        d_up = np.repeat(np.repeat(d_pooled, 2, axis=0), 2, axis=1)
        winners = np.repeat(np.repeat(pooled, 2, axis=0), 2, axis=1) == fm
        d_fm = d_up  # fault: the mask of the largest left out | right: d_fm = d_up * winners
        for r in range(4):
            for c in range(4):
                d_filt += d_fm[r, c] * pic[r : r + 3, c : c + 3]
    return {"filt": d_filt, "dense": d_dense}
