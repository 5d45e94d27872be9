"""The step of the output layer was taken first, and the hidden layer got the new weights [5c]."""
import numpy as np

random = np.random.RandomState(99)
features = random.randn(10, 3)
labels = random.randn(10, 2)
learning_rate = 0.1

params = {
    "w_ih": random.normal(0.0, 0.8, (3, 4)),
    "w_ho": random.normal(0.0, 0.8, (4, 2)),
}


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def run_net(w_ih, w_ho):
    hidden_out = sigmoid(features @ w_ih)
    final_out = hidden_out @ w_ho
    return hidden_out, final_out


def loss(p):
    final_out = run_net(p["w_ih"], p["w_ho"])[1]
    return 0.5 * ((labels - final_out) ** 2).sum() / len(features)


def gradients(p):
    w_ih = p["w_ih"]
    w_ho = p["w_ho"]
    n_records = len(features)
    hidden_out, final_out = run_net(w_ih, w_ho)

    output_error_term = final_out - labels
    delta_ho = hidden_out.T @ output_error_term / n_records
    w_ho_new = w_ho - learning_rate * delta_ho

    hidden_error = output_error_term @ w_ho_new.T  # fault: already updated | right: hidden_error = output_error_term @ w_ho.T
    hidden_error_term = hidden_error * hidden_out * (1 - hidden_out)
    delta_ih = features.T @ hidden_error_term / n_records
    w_ih_new = w_ih - learning_rate * delta_ih

    # what the step was, per unit of learning rate
    return {"w_ih": (w_ih - w_ih_new) / learning_rate, "w_ho": (w_ho - w_ho_new) / learning_rate}
