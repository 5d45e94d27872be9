"""A sweep as the report prints its tables: setting, accuracy, end epoch, beside what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.sweep import remarks
from tasks.sweep.intervals import mean_interval
from tasks.sweep.plan import Sweep
from tasks.sweep.rows import Row
from tasks.sweep.settings import REPORTS, Config, named


@dataclass(frozen=True)
class Cell:
    """What came of one value.

    Parameters
    ----------
    configs : list of Config
        One for each seed.
    rows : list of Row
        Of the runs that ended; fewer where others failed.
    """

    configs: list[Config]
    rows: list[Row]

    @property
    def accuracy(self) -> str:
        """In per cent, of one seed or the mean over several with its interval."""
        return _mean([100 * row.accuracy for row in self.rows], remarks.percent, 100.0)

    @property
    def end_epoch(self) -> str:
        """Of the runs that came to an end, and what the others came to."""
        ends = [row.end_epoch for row in self.rows if not row.diverged]
        diverged = sorted(row.last_epoch for row in self.rows if row.diverged)
        failed = len(self.configs) - len(self.rows)
        parts = [_mean(ends, "{:.4g}".format, self.configs[0].epochs)] if ends else []
        if diverged:
            epochs = list(dict.fromkeys(map(str, diverged)))
            parts.append(f"{self._share(diverged)}diverged in epoch{'s' * (len(epochs) > 1)} {', '.join(epochs)}")
        if failed:
            parts.append(f"{self._share(range(failed))}failed")
        return "; ".join(parts)

    def _share(self, runs: Sequence[object]) -> str:
        """How many of the seeds, where there are several."""
        return f"{len(runs)} of {len(self.configs)} " if len(self.configs) > 1 else ""


def _mean(values: Sequence[float], show: Callable[[float], str], highest: float) -> str:
    """One value as it is, or the mean of several with the interval for it."""
    if len(values) < 2:
        return "".join(map(show, values))
    mean, low, high = mean_interval(values, 0.0, highest)
    return f"{show(mean)} ({show(low)} to {show(high)})"


def cells(configs: Iterable[list[Config]], rows: Iterable[Row]) -> list[Cell]:
    """The rows in the cells of the table."""
    by_config = {row.config: row for row in rows}
    return [Cell(cell, [by_config[config] for config in cell if config in by_config]) for cell in configs]


COLUMNS: dict[str, tuple[str, Callable[[Cell], str]]] = {
    "hidden": ("hidden unit", lambda cell: str(cell.configs[0].hidden)),
    "epochs": ("epochs", lambda cell: str(cell.configs[0].epochs)),
    "lr": ("Learning rate", lambda cell: f"{cell.configs[0].lr:g}"),
    "accuracy": ("Acc", lambda cell: cell.accuracy),
    "end_epoch": ("End epoch", lambda cell: cell.end_epoch),
}
"""Those of the report."""


def markdown(sweep: Sweep, task: str, table: Sequence[Cell]) -> str:
    """The table with its title above it and remarks below."""
    columns = dict(COLUMNS)
    if sweep.field not in columns:
        columns = {sweep.field: (sweep.title, lambda cell: sweep.show(getattr(cell.configs[0], sweep.field)))} | columns
    lines = [[head for head, _ in columns.values()], *([show(cell) for _, show in columns.values()] for cell in table)]
    report = [remarks.published_cell(sweep, task, cell.configs[0]) for cell in table]
    if any(report):
        lines[0] += ["Acc in the report", "End epoch in the report"]
        for line, entry in zip(lines[1:], report, strict=True):
            line += [f"{entry.accuracy:g}%", str(entry.end_epoch)] if entry else ["", ""]
    rows = [row for cell in table for row in cell.rows]
    below = remarks.remarks(sweep, task, [config for cell in table for config in cell.configs], rows)
    return "\n".join([f"# {title(sweep, task, table)}", "", *_aligned(lines), *(f"\n{text}" for text in below), ""])


def title(sweep: Sweep, task: str, table: Sequence[Cell]) -> str:
    """What was varied, and what of the rest doesn't stand in the table."""
    config, seeds = table[0].configs[0], len(table[0].configs)
    parts = [f"{task}: {sweep.title}", f"{config.gradients} gradients"]
    if sweep.field != "activations" and config.activations != REPORTS:
        parts.append(f"activation {named(config.activations)}")
    if sweep.field != "optimizer" and config.optimizer != "sgd":
        parts.append(config.optimizer)
    parts.append("seed 0" if seeds == 1 else f"mean over {seeds} seeds (95 % interval)")
    return ", ".join(parts)


def _aligned(lines: list[list[str]]) -> list[str]:
    """The lines as a Markdown table whose columns stand under each other."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * (width - 1) + ":" for width in widths]
    rows: list[list[Any]] = [lines[0], rule, *lines[1:]]
    return ["| " + " | ".join(map(str.rjust, row, widths)) + " |" for row in rows]
