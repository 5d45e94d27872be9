"""REINFORCE on recorded episodes: discounted returns, a softmax policy, an entropy bonus."""
import numpy as np

rng = np.random.RandomState(314)
states, actions, rewards = rng.randn(7, 3), rng.randint(0, 2, 7), rng.randn(7)
params = {"W": rng.randn(4, 3), "U": rng.randn(2, 4)}
GAMMA, BONUS = 0.9, 0.05


def discounted(r):
    out, running = np.zeros(len(r)), 0.0
    for t in reversed(range(len(r))):
        running = r[t] + GAMMA * running
        out[t] = running
    return out


def policy(p):
    h = np.maximum(0, states @ p["W"].T)
    z = h @ p["U"].T
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return h, logp


def loss(p):
    _, logp = policy(p)
    chosen = logp[np.arange(7), actions]
    entropy = -np.sum(np.exp(logp) * logp, axis=1)
    return -np.mean(discounted(rewards) * chosen + BONUS * entropy)


def gradients(p):
    h, logp = policy(p)
    prob = np.exp(logp)
    advantage = discounted(rewards)[:, None]
    onehot = np.eye(2)[actions]
    dz = advantage * (prob - onehot)
    entropy = -np.sum(prob * logp, axis=1, keepdims=True)
    dz = dz + BONUS * prob * (logp + entropy)
    dz = dz / len(states)
    dU = dz.T @ h
    dh = dz @ p["U"]
    dh[h <= 0] = 0
    return {"W": dh.T @ states, "U": dU}
