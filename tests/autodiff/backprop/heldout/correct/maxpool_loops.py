"""Convolution and max pooling in plain loops, the winner found by argmax."""
import numpy as np

state = np.random.RandomState(313)
pics, want = state.randn(3, 6, 6), state.randn(3)
params = {"filt": state.randn(3, 3), "dense": state.randn(4)}


def convolve(pic, filt):
    return np.array([[np.sum(pic[r : r + 3, c : c + 3] * filt) for c in range(4)] for r in range(4)])


def pool(m):
    return np.array([m[r : r + 2, c : c + 2].max() for r in (0, 2) for c in (0, 2)])


def loss(params):
    return sum((pool(convolve(pic, params["filt"])) @ params["dense"] - t) ** 2 for pic, t in zip(pics, want)) / 6


def gradients(params):
    d_filt, d_dense = np.zeros((3, 3)), np.zeros(4)
    for pic, t in zip(pics, want):
        fm = convolve(pic, params["filt"])
        pooled = pool(fm)
        miss = (pooled @ params["dense"] - t) / 3
        d_dense += miss * pooled
        for k, (r, c) in enumerate([(0, 0), (0, 2), (2, 0), (2, 2)]):
            i, j = np.unravel_index(np.argmax(fm[r : r + 2, c : c + 2]), (2, 2))
            d_filt += miss * params["dense"][k] * pic[r + i : r + i + 3, c + j : c + j + 3]
    return {"filt": d_filt, "dense": d_dense}
