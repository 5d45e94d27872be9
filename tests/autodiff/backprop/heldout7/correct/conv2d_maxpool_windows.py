"""2-d convolution by strided windows, 2x2 max pooling, softmax; the winners by argmax."""
import numpy as np

np.random.seed(64)
imgs = np.random.randn(3, 6, 6)
digit = np.array([1, 0, 2])
params = {"kern": np.random.randn(2, 3, 3) * 0.5, "kb": np.random.randn(2) * 0.1,
          "fc": np.random.randn(8, 3) * 0.5, "fb": np.zeros(3) + 0.05}


def windows(im):
    return np.lib.stride_tricks.sliding_window_view(im, (3, 3), axis=(1, 2))   # n, 4, 4, 3, 3


def forward(q):
    c = np.einsum("nyxij,fij->nfyx", windows(imgs), q["kern"]) + q["kb"][None, :, None, None]
    n, f = c.shape[:2]
    quads = c.reshape(n, f, 2, 2, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, f, 2, 2, 4)
    win = quads.argmax(axis=-1)
    pooled = np.take_along_axis(quads, win[..., None], axis=-1)[..., 0]
    flat = pooled.reshape(n, -1)
    s = flat @ q["fc"] + q["fb"]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return win, flat, e / e.sum(axis=1, keepdims=True)


def loss(q):
    probs = forward(q)[2]
    return -sum(np.log(probs[i, d]) for i, d in enumerate(digit))


def gradients(q):
    win, flat, probs = forward(q)
    ds = probs - np.eye(3)[digit]
    dpool = (ds @ q["fc"].T).reshape(win.shape)
    dquads = np.zeros(win.shape + (4,))
    np.put_along_axis(dquads, win[..., None], dpool[..., None], axis=-1)
    n, f = win.shape[:2]
    dc = dquads.reshape(n, f, 2, 2, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, f, 4, 4)
    return {"kern": np.einsum("nfyx,nyxij->fij", dc, windows(imgs)), "kb": dc.sum(axis=(0, 2, 3)),
            "fc": flat.T @ ds, "fb": ds.sum(axis=0)}
