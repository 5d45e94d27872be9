"""Moons with tanh and softmax; the square went missing in 1 - a1**2 [3d]."""
import numpy as np

np.random.seed(0)
num_examples = 12
angle = np.random.uniform(0, np.pi, num_examples)
y = np.array([0, 1] * 6)
X = np.c_[np.cos(angle) + y, np.sin(angle) * (1 - 2 * y) + 0.5 * y] + 0.1 * np.random.randn(num_examples, 2)

nn_input_dim, nn_hdim, nn_output_dim = 2, 3, 2
reg_lambda = 0.01

params = {
    "W1": np.random.randn(nn_input_dim, nn_hdim) / np.sqrt(nn_input_dim),
    "b1": 0.1 * np.random.randn(1, nn_hdim),
    "W2": np.random.randn(nn_hdim, nn_output_dim) / np.sqrt(nn_hdim),
    "b2": 0.1 * np.random.randn(1, nn_output_dim),
}


def loss(model):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    z1 = X.dot(W1) + b1
    a1 = np.tanh(z1)
    z2 = a1.dot(W2) + b2
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    correct_logprobs = -np.log(probs[range(num_examples), y])
    data_loss = np.sum(correct_logprobs)
    data_loss += reg_lambda / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
    return data_loss


def gradients(model):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]

    # Forward propagation
    z1 = X.dot(W1) + b1
    a1 = np.tanh(z1)
    z2 = a1.dot(W2) + b2
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)

    # Backpropagation
    delta3 = probs
    delta3[range(num_examples), y] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(W2.T) * (1 - a1)  # fault: no square | right: delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)

    # regularization (the biases have none)
    dW2 += reg_lambda * W2
    dW1 += reg_lambda * W1
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
