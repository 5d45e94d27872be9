"""cs231n's SVM loss, vectorised: the mask of margins becomes the coefficients in place."""
import numpy as np

rng = np.random.RandomState(124)
X, y = rng.randn(8, 4), rng.randint(0, 3, 8)
reg = 0.05
params = {"W": rng.randn(4, 3)}


def svm(W):
    scores = X.dot(W)
    correct_class_scores = scores[np.arange(8), y][:, np.newaxis]
    return np.maximum(0, scores - correct_class_scores + 1.0)


def loss(params):
    margins = svm(params["W"])
    return (np.sum(margins) - 8.0) / 8 + 0.5 * reg * np.sum(params["W"] * params["W"])


def gradients(params):
    margins = svm(params["W"])
    margins[np.arange(8), y] = 0
    margins[margins > 0] = 1
    margins[np.arange(8), y] = -np.sum(margins, axis=1)
    dW = X.T.dot(margins) / 8
    dW += reg * params["W"]
    return {"W": dW}
