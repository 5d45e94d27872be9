"""What a sweep varies: the settings of a run, with the activations and the optimizer among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from nn import functional as F
from nn import optim
from tasks import networks, training
from tasks.networks import Network

NONE = "none"
"""The activation that is none: the identity."""

_FUNCTIONS = [
    "identity",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "tanh",
    "sigmoid",
    "softplus",
    "hardswish",
]
ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    NONE if name == "identity" else name: getattr(F, name) for name in _FUNCTIONS if hasattr(F, name)
}
"""What a hidden layer's activation can be, by the name that it has on the command line."""

_RULES: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {}),
    "lbfgs": ("LBFGS", {}),
}
OPTIMIZERS: dict[str, Callable[..., optim.Optimizer]] = {
    name: partial(getattr(optim, rule), **options) for name, (rule, options) in _RULES.items() if hasattr(optim, rule)
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
    names = text.split("+")
    first, second = names if len(names) == 2 else (text, text)
    return first, second


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

    def network(self, inputs: int, outputs: int) -> Network:
        """The network at its initial weights."""
        if self.gradients != "autodiff":
            return super().network(inputs, outputs)
        return networks.recorded(
            inputs,
            self.hidden,
            outputs,
            self.seed,
            partial(OPTIMIZERS[self.optimizer], lr=self.lr),
            self.activations,
        )
