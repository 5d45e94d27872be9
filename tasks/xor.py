"""Task 2 of the report: on which diagonal of the unit square a point is."""

from __future__ import annotations

from dataclasses import dataclass

from tasks import data, training
from tasks.training import OnEpoch, Result


@dataclass(frozen=True)
class Config(training.Config):
    """The report's settings of Figures 10 and 12; see `tasks.training.Config` for their meaning."""

    hidden: int = 100
    lr: float = 0.01
    epochs: int = 300


SUMMARY = "on which diagonal of the unit square a point is (21 points)"
TASK = training.Task("xor", SUMMARY, Config, data.xor_points)


def train(config: Config | None = None, on_epoch: OnEpoch | None = None) -> Result:
    """Train on the 21 points of the two diagonals, without writing files.

    Parameters
    ----------
    config : Config, optional
        The settings; the report's by default.
    on_epoch : callable, optional
        Called after each epoch with its `Epoch`: number, loss, accuracy.

    Returns
    -------
    Result

    Examples
    --------
    The report's own run, Figure 12, errors and all:

    >>> result = train(Config(gradients="published"))
    >>> result.last_epoch, round(result.loss, 15), result.accuracy
    (260, 0.000989913869392, 1.0)
    """
    return TASK.train(config, on_epoch)
