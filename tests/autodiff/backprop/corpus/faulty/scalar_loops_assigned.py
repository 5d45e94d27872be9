"""Scalar loops over one weight vector: a sample's share overwrites the last one's [9a]."""
import numpy as np

NI, NH, NP = 2, 3, 5
gen = np.random.RandomState(304)
pat, tgt = gen.randn(NP, NI), gen.randn(NP)
params = {"wts": gen.randn(NH * (NI + 1) + NH + 1)}


def unit(wts, j, x):
    s = wts[j * (NI + 1) + NI]
    for i in range(NI):
        s = s + wts[j * (NI + 1) + i] * x[i]
    return np.tanh(s)


def predict(wts, x):
    out = wts[NH * (NI + 1) + NH]
    for j in range(NH):
        out = out + wts[NH * (NI + 1) + j] * unit(wts, j, x)
    return out


def loss(params):
    total = 0.0
    for n in range(NP):
        total = total + (predict(params["wts"], pat[n]) - tgt[n]) ** 2
    return total / 2


def gradients(params):
    wts = params["wts"]
    dw = np.zeros(len(wts))
    off = NH * (NI + 1)
    for n in range(NP):
        err = predict(wts, pat[n]) - tgt[n]
        dw[off + NH] += err
        for j in range(NH):
            h = unit(wts, j, pat[n])
            dw[off + j] = err * h  # fault: assigned where it has to be added | right: dw[off + j] += err * h
            delta = err * wts[off + j] * (1 - h * h)
            for i in range(NI):
                dw[j * (NI + 1) + i] += delta * pat[n, i]
            dw[j * (NI + 1) + NI] += delta
    return {"wts": dw}
