"""Weight-normalized first layer, full softmax Jacobians per sample, a smooth L1 penalty."""
import numpy as np

np.random.seed(83)
N = 5
X = np.random.randn(N, 4)
Y = np.random.dirichlet(np.ones(3), size=N)
params = {"V": np.random.randn(4, 6), "g": np.random.rand(6) + 0.5, "U": np.random.randn(6, 3)}
rho, eps = 0.05, 1e-2


def forward(V, g, U):
    norm = np.sqrt((V * V).sum(axis=0))
    direction = V / norm
    hidden = np.sin(X @ (direction * g))
    s = hidden @ U
    e = np.exp(s)
    return norm, direction, hidden, e / e.sum(axis=1, keepdims=True)


def loss(params):
    P = forward(**params)[-1]
    kl = np.sum(Y * (np.log(Y) - np.log(P))) / N
    return kl + rho * np.sqrt(params["U"] ** 2 + eps).sum()


def gradients(params):
    V, g, U = params["V"], params["g"], params["U"]
    norm, direction, hidden, P = forward(V, g, U)
    J = P[:, :, None] * np.eye(3) - P[:, :, None] * P[:, None, :]     # one Jacobian per sample
    dP = -Y / P
    dS = np.einsum("nij,ni->nj", J, dP)
    dU = hidden.T @ dS / N + rho * U / np.sqrt(U ** 2 + eps)
    pre = X @ (direction * g)
    dpre = (dS @ U.T) * np.cos(pre)
    dW = X.T @ dpre / N
    dg = (dW * direction).sum(axis=0)
    ddir = dW * g
    dV = (ddir - direction * (ddir * direction).sum(axis=0)) / norm
    return {"V": dV, "g": dg, "U": dU}
