"""The folder that a run leaves behind, every file of it whole or not there."""

from __future__ import annotations

import csv
import errno
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from tasks.training import Points, Result

HISTORY, RESULT, MODEL = "history.csv", "result.json", "model.npz"
LEARNING_CURVE, COMPARISON = "learning_curve.png", "comparison.png"
FILES = (HISTORY, RESULT, MODEL, LEARNING_CURVE, COMPARISON)


def prepare(folder: Path) -> None:
    """Make the folder, and find out before hours of training whether a run can be written there.

    Raises
    ------
    OSError
        If it can't.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(folder / name))
    with tempfile.TemporaryDirectory(prefix=".partial-", dir=folder):
        pass


def save(folder: Path, task: str, result: Result, points: Points, figures: bool = True) -> None:
    """Write what came of a training: history.csv, result.json, model.npz and the two figures.

    The folder always tells of one run: a figure that an earlier run left there goes, if this run has none.

    Parameters
    ----------
    folder : Path
        Where to; see `prepare`.
    task : str
        The task's name.
    result : Result
        What came of it.
    points : tuple of ndarray
        The points x of shape (n, 2) and their labels y of shape (n, 1).
    figures : bool
        False to leave out learning_curve.png and comparison.png, which need matplotlib.

    Raises
    ------
    OSError
        If a file can't be written. The folder is then as it was.
    """
    with _staged(folder) as stage:
        _write_history(stage / HISTORY, result)
        _write_result(stage / RESULT, task, result)
        arrays: dict[str, Any] = result.network.state_dict()  # NumPy's stubs take any keyword for `allow_pickle`
        np.savez(stage / MODEL, **arrays)
        if figures:
            _draw(stage, task, result, points)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Yield an empty folder whose files take the place of those in `folder`, once all of them are written."""
    stage = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    try:
        yield stage
        for name in FILES:
            if (stage / name).exists():
                os.replace(stage / name, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write_history(path: Path, result: Result) -> None:
    """One row for each epoch, with every digit."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("epoch", "loss", "accuracy"))
        rows.writerows(result.history)


def _write_result(path: Path, task: str, result: Result) -> None:
    """The settings and what they led to; JSON has no NaN, so that a loss that isn't finite is null."""
    summary = {
        "task": task,
        "config": asdict(result.config),
        "last_epoch": result.last_epoch,
        "loss": result.loss if math.isfinite(result.loss) else None,
        "accuracy": result.accuracy,
        "stopped_early": result.stopped_early,
        "diverged": result.diverged,
        "seconds": result.seconds,
    }
    path.write_text(json.dumps(summary, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _draw(stage: Path, task: str, result: Result, points: Points) -> None:
    """The two figures."""
    from tasks import figures  # Here, for matplotlib takes long to import and is an extra.

    figures.learning_curve(task, result).savefig(stage / LEARNING_CURVE)
    figures.comparison(task, result, points).savefig(stage / COMPARISON)
