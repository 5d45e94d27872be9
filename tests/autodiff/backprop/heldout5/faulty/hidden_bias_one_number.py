"""The hidden bias is a vector, its gradient was summed to a single number and spread [2b]."""
import numpy as np

rand = np.random.RandomState(7)
x_train = rand.uniform(-1, 1, (6, 3))
y_train = rand.uniform(0, 1, (6, 1))

params = dict(
    weights_input_hidden=rand.uniform(-1, 1, (3, 4)),
    bias_hidden=rand.uniform(-1, 1, (1, 4)),
    weights_hidden_output=rand.uniform(-1, 1, (4, 1)),
    bias_output=rand.uniform(-1, 1, (1, 1)),
)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(out):
    return out * (1 - out)


def predict(p):
    hidden_layer_output = sigmoid(np.dot(x_train, p["weights_input_hidden"]) + p["bias_hidden"])
    predicted_output = sigmoid(np.dot(hidden_layer_output, p["weights_hidden_output"]) + p["bias_output"])
    return hidden_layer_output, predicted_output


def loss(p):
    return 0.5 * np.sum((y_train - predict(p)[1]) ** 2)


def gradients(p):
    hidden_layer_output, predicted_output = predict(p)

    error = predicted_output - y_train
    d_predicted_output = error * sigmoid_derivative(predicted_output)

    error_hidden_layer = d_predicted_output.dot(p["weights_hidden_output"].T)
    d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_layer_output)

    bias_hidden_grad = np.zeros((1, 4))
    bias_hidden_grad += np.sum(d_hidden_layer)  # fault: all axes summed | right: bias_hidden_grad += np.sum(d_hidden_layer, axis=0, keepdims=True)

    return {
        "weights_input_hidden": x_train.T.dot(d_hidden_layer),
        "bias_hidden": bias_hidden_grad,
        "weights_hidden_output": hidden_layer_output.T.dot(d_predicted_output),
        "bias_output": np.sum(d_predicted_output, axis=0, keepdims=True),
    }
