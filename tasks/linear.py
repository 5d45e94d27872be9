"""Task 1 of the report: on which side of the unit square's diagonal a point is."""

from __future__ import annotations

from dataclasses import dataclass

from tasks import data, training
from tasks.training import OnEpoch, Result


@dataclass(frozen=True)
class Config(training.Config):
    """The report's settings of Figures 9 and 11; see `tasks.training.Config` for their meaning."""

    hidden: int = 10
    lr: float = 0.01
    epochs: int = 500


SUMMARY = "on which side of the unit square's diagonal a point is (100 points)"
TASK = training.Task("linear", SUMMARY, Config, data.linear_points)


def train(config: Config | None = None, on_epoch: OnEpoch | None = None) -> Result:
    """Train on 100 points of the unit square, without writing files.

    Parameters
    ----------
    config : Config, optional
        The settings; the report's by default. `Config.seed` is that of the weights: the points are always
        those of `data.linear_points()`.
    on_epoch : callable, optional
        Called after each epoch with its `Epoch`: number, loss, accuracy.

    Returns
    -------
    Result

    Examples
    --------
    >>> result = train(Config(epochs=20, lr=0.1))
    >>> result.accuracy >= 0.95
    True
    """
    return TASK.train(config, on_epoch)
