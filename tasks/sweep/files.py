"""The table and the figure in a sweep's folder, each of them whole or as it was."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tasks.sweep.plan import Sweep
from tasks.sweep.table import Cell

TABLE, CURVES = "table.md", "learning_curves.png"


def write(folder: Path, text: str, sweep: Sweep, title: str, table: Sequence[Cell]) -> None:
    """Write table.md, and learning_curves.png where there is matplotlib.

    Raises
    ------
    OSError
        If one can't be written. It is then as it was.
    """
    replace(folder / TABLE, lambda path: path.write_text(text, encoding="utf-8"))
    if importlib.util.find_spec("matplotlib") is None:
        (folder / CURVES).unlink(missing_ok=True)  # An earlier sweep's.
        return
    from tasks.sweep.figure import learning_curves  # Here, for matplotlib takes long to import and is an extra.

    figure = learning_curves(sweep, title, table)
    replace(folder / CURVES, lambda path: figure.savefig(path, format="png"))


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, and move it there."""
    part = path.with_name(f".partial-{path.name}")
    try:
        write(part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
