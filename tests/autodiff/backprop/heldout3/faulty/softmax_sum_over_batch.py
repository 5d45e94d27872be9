"""Three-layer tanh classifier whose gradient function normalises the exponentials over the whole batch [7c]."""
import numpy as np

np.random.seed(0)
num_examples = 7
X = np.random.randn(num_examples, 2)
y = np.random.randint(0, 3, num_examples)
reg_lambda = 0.01

params = {
    "W1": np.random.randn(2, 4) / np.sqrt(2),
    "b1": np.random.randn(1, 4) * 0.1,
    "W2": np.random.randn(4, 3) / np.sqrt(4),
    "b2": np.random.randn(1, 3) * 0.1,
}


def loss(params):
    z1 = X.dot(params["W1"]) + params["b1"]
    a1 = np.tanh(z1)
    z2 = a1.dot(params["W2"]) + params["b2"]
    logsumexp = np.log(np.sum(np.exp(z2), axis=1))
    data_loss = np.sum(logsumexp - z2[range(num_examples), y])
    data_loss += reg_lambda / 2 * (np.sum(np.square(params["W1"])) + np.sum(np.square(params["W2"])))
    return 1. / num_examples * data_loss


def gradients(params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    # Forward propagation
    z1 = X.dot(W1) + b1
    a1 = np.tanh(z1)
    z2 = a1.dot(W2) + b2
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores)  # fault: no axis | right: probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)

    # Backpropagation
    delta3 = probs
    delta3[range(num_examples), y] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)

    dW2 += reg_lambda * W2
    dW1 += reg_lambda * W1
    return {"dW1": dW1 / num_examples, "db1": db1 / num_examples, "dW2": dW2 / num_examples, "db2": db2 / num_examples}
