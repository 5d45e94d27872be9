"""The training loop of the report: one sample at a time, in order, until the loss is small."""

from __future__ import annotations

import math
import numbers
import operator
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, get_args

import numpy as np

from tasks import networks
from tasks.networks import Array, Compile, Gradients, Network

Points: TypeAlias = tuple[Array, Array]
"""x of shape (n, inputs) and the labels y of shape (n, outputs), 0.0 or 1.0."""


@dataclass(frozen=True)
class Config:
    """Settings of one training.

    Parameters
    ----------
    hidden : int
        Units in each of the two hidden layers.
    lr : float
        Learning rate.
    epochs : int
        Passes over the points, at most.
    seed : int
        Seed of the initial weights, from 0 to 2**32 - 1.
    stop_loss : float
        Training stops after the first epoch whose loss is below it; 0 never stops.
    gradients : {"autodiff", "corrected", "published"}
        From recorded operations, from the hand-written formulas, or from these with the report's errors.

    Raises
    ------
    TypeError
        If a setting is not a number, or not an integer where it has to be.
    ValueError
        If a setting is out of its range.

    Examples
    --------
    >>> Config(hidden=0, lr=0.01, epochs=300)
    Traceback (most recent call last):
        ...
    ValueError: hidden must be a positive integer, not 0
    """

    hidden: int
    lr: float
    epochs: int
    seed: int = 0
    stop_loss: float = 0.001
    gradients: Gradients = "autodiff"

    def __post_init__(self) -> None:
        for name in ("hidden", "epochs", "seed"):
            object.__setattr__(self, name, _integer(name, getattr(self, name)))
        for name in ("lr", "stop_loss"):
            object.__setattr__(self, name, _real(name, getattr(self, name)))
        for name in ("hidden", "epochs"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be a positive integer, not {getattr(self, name)}")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"seed must be an integer from 0 to 2**32 - 1, not {self.seed}")
        if not (math.isfinite(self.lr) and self.lr > 0):
            raise ValueError(f"lr must be positive and finite, not {self.lr}")
        if not (math.isfinite(self.stop_loss) and self.stop_loss >= 0):
            raise ValueError(f"stop_loss must be finite and at least 0, not {self.stop_loss}")
        if self.gradients not in get_args(Gradients):
            known = ", ".join(get_args(Gradients))
            raise ValueError(f"gradients must be one of {known}, not {self.gradients!r}")

    def network(self, inputs: int, outputs: int, compile: Compile = "off") -> Network:  # noqa: A002
        """The network at its initial weights."""
        return networks.build(self.gradients, self.hidden, self.lr, self.seed, inputs, outputs, compile)


def _integer(name: str, value: object) -> int:
    """The value as a Python int, so that NumPy's integers do as well."""
    if not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    return operator.index(value)


def _real(name: str, value: object) -> float:
    """The value as a Python float."""
    if not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, not {value!r}")
    return float(value)


class Epoch(NamedTuple):
    """What is shown of one pass over the points.

    Parameters
    ----------
    number : int
        Counted from 0.
    loss : float
        The loss of the last sample, from before its update.
    accuracy : float
        Share of points on the right side of 1/2, after the epoch's updates; from 0 to 1.
    """

    number: int
    loss: float
    accuracy: float


OnEpoch: TypeAlias = Callable[[Epoch], object]
"""Called after each epoch, to show or to count it; what it returns is ignored."""


@dataclass(frozen=True)
class Result:
    """What a training came to.

    Parameters
    ----------
    config : Config
        The settings.
    history : tuple of Epoch
        Every epoch that was trained to its end.
    accuracy : float
        Share of points on the right side of 1/2 with the parameters that were kept; from 0 to 1.
    stopped_early : bool
        Whether the loss fell below `config.stop_loss`.
    diverged : bool
        Whether the loss or a parameter stopped being finite, which is in the last epoch of the history. The
        parameters kept, and with them `accuracy` and `network`, are then those from before that epoch.
    seconds : float
        Time spent in training.
    network : Network
        The trained network: its `predict` and its `state_dict`.
    """

    config: Config
    history: tuple[Epoch, ...]
    accuracy: float
    stopped_early: bool
    diverged: bool
    seconds: float
    network: Network

    @property
    def last_epoch(self) -> int | None:
        """Number of the last epoch, counted from 0; None where not one was trained to its end."""
        return self.history[-1].number if self.history else None

    @property
    def loss(self) -> float:
        """Loss shown for the last epoch, NaN where there is none."""
        return self.history[-1].loss if self.history else math.nan

    @property
    def end_epoch(self) -> int:
        """The report's "end epoch".

        The last epoch's number where training stopped early, else how many epochs there were.
        """
        return self.history[-1].number if self.stopped_early else len(self.history)


class Training:
    """A training that can be broken off, by Ctrl-C for instance, and still has a result.

    Parameters
    ----------
    config : Config
        The settings.
    points : tuple of ndarray
        The points x of shape (n, inputs) and their labels y of shape (n, outputs).
    compile : {"off", "auto", "numpy", "numba"}
        Whether the steps on recorded operations are compiled; by numba the last digits differ, else nothing.

    Raises
    ------
    ValueError
        If so many hidden units don't fit into memory.
    """

    def __init__(self, config: Config, points: Points, compile: Compile = "off") -> None:  # noqa: A002
        self.config = config
        self.points = points
        x, y = points
        try:
            self.network = config.network(x.shape[1], y.shape[1], compile)
        except (MemoryError, OverflowError, ValueError) as error:
            raise ValueError(f"hidden = {config.hidden} is too many units for the memory here") from error
        sample = self.network.sample
        samples = [(x, y)] if self.network.at_once else zip(x, y, strict=True)
        self._samples = [(sample(inputs), sample(label)) for inputs, label in samples]
        self._history: list[Epoch] = []
        self._kept = self.network.state_dict()
        self._diverged = False
        self._stopped_early = False
        self._seconds = 0.0

    def run(self, on_epoch: OnEpoch | None = None) -> None:
        """Train to the end, calling `on_epoch` after each epoch.

        However it ends, the network has the parameters of the last epoch that was trained to its end with
        everything finite.
        """
        start = time.perf_counter()
        try:
            # Where the report's loss becomes NaN we say so in the result, once, and not in NumPy's warnings.
            with np.errstate(all="ignore"):
                for number in range(self.config.epochs):
                    epoch = self._train_epoch(number)
                    if on_epoch is not None:
                        on_epoch(epoch)
                    if self._diverged or self._stopped_early:
                        break
        finally:
            self.network.load_state_dict(self._kept)
            self._seconds = time.perf_counter() - start

    def _train_epoch(self, number: int) -> Epoch:
        """Take one step on each sample, then look at where that led."""
        isfinite = math.isfinite
        if self.network.epoch is not None:
            losses = self.network.epoch(*self.points)
            loss = next((value for value in losses if not isfinite(value)), losses[-1])
        else:
            step = self.network.step
            for x, y in self._samples:
                loss = step(x, y)
                if not isfinite(loss):
                    break
        state = self.network.state_dict()
        self._diverged = not (isfinite(loss) and all(np.isfinite(value).all() for value in state.values()))
        self._stopped_early = not self._diverged and loss < self.config.stop_loss
        if self._diverged:
            state = self._kept
            self.network.load_state_dict(state)
        epoch = Epoch(number, loss, self._accuracy())
        self._history.append(epoch)
        self._kept = state
        return epoch

    def _accuracy(self) -> float:
        """Share of points with (output > 0.5) = label."""
        x, y = self.points
        return float(np.count_nonzero((self.network.predict(x) > 0.5) == y) / y.size)

    def result(self) -> Result:
        """What the training came to, whether it went to its end or was broken off."""
        return Result(
            config=self.config,
            history=tuple(self._history),
            accuracy=self._history[-1].accuracy if self._history else self._accuracy(),
            stopped_early=self._stopped_early,
            diverged=self._diverged,
            seconds=self._seconds,
            network=self.network,
        )


@dataclass(frozen=True)
class Task:
    """A dataset with the settings that the report trained it with.

    Parameters
    ----------
    name : str
        What it is called on the command line.
    summary : str
        What is to be learnt, in a line.
    config : callable
        The class of its settings, which all have defaults.
    points : callable
        Returns the points and their labels.
    """

    name: str
    summary: str
    config: Callable[..., Config]
    points: Callable[[], Points]

    def train(self, config: Config | None = None, on_epoch: OnEpoch | None = None) -> Result:
        """Train with the given settings, or with the report's."""
        training = Training(self.config() if config is None else config, self.points())
        training.run(on_epoch)
        return training.result()
