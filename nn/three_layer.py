"""The report's network (its Figures 3 and 4), without a hand-written gradient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autodiff import Tensor

from .activations import Activation, activation, sigmoid
from .functional import linear
from .init import Rng, generator, normal, positive_sizes, zeros
from .module import Module


class ThreeLayerNet(Module):
    """Linear, ReLU, linear, sigmoid, linear, sigmoid: the network of the report, or with other activations.

    Parameters
    ----------
    inputs, hidden, outputs : int
        Units of each layer; both hidden layers have the same number.
    rng : Generator, RandomState or int
        Where the weights come from: standard normal, drawn in the order W1, W2, W3. The report's own come
        from ``numpy.random.RandomState(seed)``. Biases are zero.
    activations : (str or callable, str or callable)
        Of the two hidden layers, by name (see `nn.activations`) or as functions. The output's sigmoid stays, since the
        loss needs a probability.

    Attributes
    ----------
    W1, b1, W2, b2, W3, b3 : Parameter
        Weights of shape (out, in), biases of shape (out,).

    Examples
    --------
    >>> import nn, numpy as np
    >>> net = nn.ThreeLayerNet(rng=np.random.RandomState(0))
    >>> net([0.1, 0.9]).shape, net(np.zeros((5, 2))).shape
    ((1,), (5, 1))
    >>> [name for name, _ in net.named_parameters()]
    ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']
    """

    def __init__(
        self,
        inputs: int = 2,
        hidden: int = 10,
        outputs: int = 1,
        *,
        rng: Rng,
        activations: Sequence[str | Activation] = ("relu", "sigmoid"),
    ) -> None:
        positive_sizes(inputs=inputs, hidden=hidden, outputs=outputs)
        if isinstance(activations, str) or len(activations) != 2:
            raise ValueError(f"activations: one for each of the two hidden layers expected, got {activations!r}")
        self.activations = activation(activations[0]), activation(activations[1])
        rng = generator(rng)
        self.W1 = normal(hidden, inputs, rng=rng, name="W1")
        self.b1 = zeros(hidden, name="b1")
        self.W2 = normal(hidden, hidden, rng=rng, name="W2")
        self.b2 = zeros(hidden, name="b2")
        self.W3 = normal(outputs, hidden, rng=rng, name="W3")
        self.b3 = zeros(outputs, name="b3")

    def forward(self, x: Any) -> Tensor:
        """The output's probabilities, for a sample of shape (inputs,) or rows of samples."""
        first, second = self.activations
        a1 = first(linear(x, self.W1, self.b1))
        a2 = second(linear(a1, self.W2, self.b2))
        return sigmoid(linear(a2, self.W3, self.b3))
