"""What a sweep varies: the settings of a run, with the activations and the optimizer among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import nn
from nn import optim
from nn.activations import Activation, identity
from tasks import networks, training
from tasks.networks import Compile, Network

NONE = "none"
"""The activation that is none: the identity."""

ACTIVATIONS: dict[str, Activation] = {NONE: identity} | {
    name: function for name, function in nn.activations.ACTIVATIONS.items() if function is not identity
}
"""What a hidden layer's activation can be, by the name that it has on the command line."""

OPTIMIZERS: dict[str, Callable[..., optim.Optimizer]] = {
    "sgd": optim.SGD,
    "momentum": partial(optim.SGD, momentum=0.9),
    "nesterov": partial(optim.SGD, momentum=0.9, nesterov=True),
    "adagrad": optim.Adagrad,
    "rmsprop": optim.RMSprop,
    "adam": optim.Adam,
    "adamw": optim.AdamW,
    "lbfgs": partial(optim.LBFGS, line_search_fn="strong_wolfe"),
}
"""What takes the parameters and ``lr=``, by the name that it has on the command line."""

Activations: TypeAlias = tuple[str, str]
REPORTS: Activations = ("relu", "sigmoid")
"""The activations of the report's two hidden layers."""


def activations(text: str) -> Activations:
    """The two hidden layers' activations, from a name for both or from two with a plus between them.

    Examples
    --------
    >>> activations("relu+sigmoid"), activations("tanh")
    (('relu', 'sigmoid'), ('tanh', 'tanh'))
    """
    names = [NONE if name == "identity" else name for name in text.split("+")]
    if len(names) > 2:
        raise ValueError(f"activation: a name or two with a plus expected, not {text!r}")
    return names[0], names[-1]


def named(pair: Activations) -> str:
    """The name that `activations` reads.

    Examples
    --------
    >>> named(("relu", "sigmoid")), named(("tanh", "tanh"))
    ('relu+sigmoid', 'tanh')
    """
    first, second = pair
    return first if first == second else f"{first}+{second}"


@dataclass(frozen=True)
class Config(training.Config):
    """Settings of one run of a sweep.

    Parameters
    ----------
    hidden, lr, epochs, seed, stop_loss, gradients
        As in `tasks.training.Config`; the defaults are those of the report's tables.
    activations : tuple of two str
        Of the two hidden layers, names from `ACTIVATIONS`. The output's sigmoid stays, since the loss needs a
        probability.
    optimizer : str
        A name from `OPTIMIZERS`.

    Raises
    ------
    ValueError
        If a name is unknown, or the hand-written gradients are asked for with something that they don't know.

    Examples
    --------
    >>> Config(gradients="published", activations=("tanh", "tanh"))
    Traceback (most recent call last):
        ...
    ValueError: published gradients are written by hand for relu+sigmoid and sgd alone,
    not for tanh and sgd; the gradients autodiff are for all
    """

    hidden: int = 10
    lr: float = 0.01
    epochs: int = 500
    activations: Activations = REPORTS
    optimizer: str = "sgd"

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {name!r}")
        if self.optimizer not in OPTIMIZERS:
            raise ValueError(f"optimizer must be one of {', '.join(OPTIMIZERS)}, not {self.optimizer!r}")
        if self.gradients != "autodiff" and (self.activations, self.optimizer) != (REPORTS, "sgd"):
            raise ValueError(
                f"{self.gradients} gradients are written by hand for {named(REPORTS)} and sgd alone, "
                f"not for {named(self.activations)} and {self.optimizer}; the gradients autodiff are for all"
            )

    def network(self, inputs: int, outputs: int, compile: Compile = "off") -> Network:  # noqa: A002
        """The network at its initial weights."""
        if self.gradients != "autodiff":
            return super().network(inputs, outputs)
        return networks.recorded(
            inputs,
            self.hidden,
            outputs,
            self.seed,
            partial(OPTIMIZERS[self.optimizer], lr=self.lr),
            tuple(ACTIVATIONS[name] for name in self.activations),
            compile,
        )
