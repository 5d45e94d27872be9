"""The report's network with its hand-written backpropagation, as `published` and `corrected`.

NumPy alone, the report's names, one sample at a time as columns: this is what `autodiff` makes unnecessary,
and what its gradients are compared with. The network is linear, ReLU, linear, sigmoid, linear, sigmoid; a
sample is x of shape (2,) with its label y of shape (1,); weights are (out, in) and biases columns (out, 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def linear(x: Array, w: Array, b: Array) -> Array:
    """Weighted sums of the columns of x, plus the bias (Figure 6)."""
    z: Array = np.dot(w, x) + b
    return z


def sigmoid(x: Array) -> Array:
    """Logistic function of each element (Figure 1)."""
    return 1 / (1 + np.exp(-x))


def relu(x: Array) -> Array:
    """Positive part of each element (Figure 6)."""
    return np.maximum(0, x)


def init_weight(inputs: int, hidden: int, outputs: int, seed: int) -> dict[str, Array]:
    """Parameters before training: weights standard normal, biases zero (Figure 3).

    The report seeds NumPy's global generator; `RandomState(seed)` draws the same numbers and leaves it alone.
    """
    rng = np.random.RandomState(seed)
    W1 = rng.randn(hidden, inputs)
    b1 = np.zeros([hidden, 1])
    W2 = rng.randn(hidden, hidden)
    b2 = np.zeros([hidden, 1])
    W3 = rng.randn(outputs, hidden)
    b3 = np.zeros([outputs, 1])
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def cost_func(output: Array, y: Array) -> np.float64:
    """Half the binary cross entropy between the network's output and the label (report, section 5a).

    The logarithm of 0 makes it infinite or NaN, as in the report.
    """
    entropy = np.sum((y * np.log(output).T) + ((1 - y) * (np.log(1 - output).T)))
    return np.float64(-(1 / 2) * entropy)


@dataclass(frozen=True)
class Backpropagation:
    """Forward pass and gradients of the report, with or without its two errors.

    Parameters
    ----------
    as_published : bool
        True for the report's Figures 5 and 7 to the letter, False for what the chain rule asks for. The two
        differ in the lines under `if self.as_published`, and nowhere else.
    """

    as_published: bool

    def feedforward(self, x: Array, parameters: dict[str, Array]) -> tuple[Array, dict[str, Array]]:
        """Output of the network, with what backpropagation needs of the way there (Figure 5).

        Parameters
        ----------
        x : ndarray of shape (2,) or (n, 2)
            One sample, or several, which become columns.
        parameters : dict of str to ndarray
            W1, b1, W2, b2, W3 and b3.

        Returns
        -------
        a3 : ndarray of shape (1, n)
        tmp_parameters : dict of str to ndarray
            z1, a1, z2, a2, z3 and a3.
        """
        W1 = parameters["W1"]
        b1 = parameters["b1"]
        W2 = parameters["W2"]
        b2 = parameters["b2"]
        W3 = parameters["W3"]
        b3 = parameters["b3"]

        z1 = linear(x.reshape(-1, W1.shape[1]).T, W1, b1)
        a1 = relu(z1)
        z2 = linear(a1, W2, b2)
        a2 = sigmoid(z2)
        z3 = linear(a2, W3, b3)
        a3 = sigmoid(z3)

        tmp_parameters = {"z1": z1, "z2": z2, "z3": z3, "a1": a1, "a2": a2, "a3": a3}
        if self.as_published:
            tmp_parameters["a1"] = a2
        return a3, tmp_parameters

    def backpropagation(
        self, parameters: dict[str, Array], tmp_parameters: dict[str, Array], x: Array, y: Array
    ) -> dict[str, Array]:
        """Gradients of the loss of one sample, from the last layer back to the first (Figure 7).

        The report's loss has a factor 1/2, which it applies in dW and db; dA and dZ are without it.

        Parameters
        ----------
        parameters : dict of str to ndarray
            W1, b1, W2, b2, W3 and b3.
        tmp_parameters : dict of str to ndarray
            What `feedforward` kept for this sample.
        x : ndarray of shape (2,)
        y : ndarray of shape (1,)

        Returns
        -------
        dict of str to ndarray
            dA3, dZ3, dW3, db3 and so on down to dZ1, dW1, db1.
        """
        W2 = parameters["W2"]
        W3 = parameters["W3"]
        A1 = tmp_parameters["a1"]
        A2 = tmp_parameters["a2"]
        A3 = tmp_parameters["a3"]
        Z1 = tmp_parameters["z1"]
        Z2 = tmp_parameters["z2"]
        Z3 = tmp_parameters["z3"]

        dA3 = -(np.divide(y, A3) - np.divide(1 - y, 1 - A3))
        temp_s = sigmoid(Z3)
        dZ3 = dA3 * temp_s * (1 - temp_s)
        dW3 = 1 / 2 * np.dot(dZ3, A2.T)
        db3 = 1 / 2 * np.sum(dZ3, axis=1, keepdims=True)

        dA2 = np.dot(W3.T, dZ3)
        if self.as_published:
            temp_s = sigmoid(dA2)
        else:
            temp_s = sigmoid(Z2)
        dZ2 = dA2 * temp_s * (1 - temp_s)
        dW2 = 1 / 2 * np.dot(dZ2, A1.T)
        db2 = 1 / 2 * np.sum(dZ2, axis=1, keepdims=True)

        dA1 = np.dot(W2.T, dZ2)
        dZ1 = np.array(dA1, copy=True)
        dZ1[Z1 <= 0] = 0
        dW1 = 1 / 2 * np.dot(dZ1, x.reshape(1, -1))
        db1 = 1 / 2 * np.sum(dZ1, axis=1, keepdims=True)

        return {
            "dA3": dA3, "dZ3": dZ3, "dW3": dW3, "db3": db3,
            "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
        }  # fmt: skip


published = Backpropagation(as_published=True)
"""The report's Figures 5 and 7 with their two errors: a2 under the key a1, the sigmoid's derivative at
dA2."""

corrected = Backpropagation(as_published=False)
"""The same with a1 under its own key and the sigmoid's derivative at Z2."""


def update_net(parameters: dict[str, Array], gradient_data: dict[str, Array], lr: float) -> dict[str, Array]:
    """Parameters after one step down the gradients, as new arrays (Figure 8)."""
    W1 = parameters["W1"] - lr * gradient_data["dW1"]
    b1 = parameters["b1"] - lr * gradient_data["db1"]
    W2 = parameters["W2"] - lr * gradient_data["dW2"]
    b2 = parameters["b2"] - lr * gradient_data["db2"]
    W3 = parameters["W3"] - lr * gradient_data["dW3"]
    b3 = parameters["b3"] - lr * gradient_data["db3"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}
