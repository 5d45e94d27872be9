"""What `check_backprop` found: a row per parameter, the lines at which something wrong is born, and why."""

from __future__ import annotations

import html
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .comparison import Row

RIGHT, WRONG, UNCHECKED = "right", "wrong", "can't be checked"
_COLOURS = {RIGHT: "32", WRONG: "31", UNCHECKED: "33"}


@dataclass(frozen=True)
class Birth:
    """A line of theirs at which a wrong value is born.

    Attributes
    ----------
    filename : str
    lineno : int
    code : str
        The line.
    variable : str
        What the value is called.
    cause : str
        Why it is wrong, proved by putting it right; or "unexplained", with what is still right and first wrong.
    repair : str or None
        The line as it is right, where it can be written in their own words.
    parameters : tuple of str
        Whose gradients that puts right.
    """

    filename: str
    lineno: int
    code: str
    variable: str
    cause: str
    repair: str | None = None
    parameters: tuple[str, ...] = ()


class BackpropError(AssertionError):
    """Raised by `BackpropReport.raise_if_wrong`; carries the `report`."""

    __module__ = "autodiff"

    def __init__(self, report: BackpropReport) -> None:
        super().__init__(report.text())
        self.report = report


@dataclass(frozen=True)
class BackpropReport:
    """What `check_backprop` found.

    Attributes
    ----------
    parameters : mapping of str to Row
        By the names of `params`: `verdict` ("right", "wrong" or "can't be checked"), `error` (the largest, relative to
        the gradient's largest entry), `ratio` (theirs over the truth, where constant), `worst` (the entry with the
        largest error, and both numbers).
    births : tuple of Birth
        Where what is wrong was born; empty where all is right.
    notes : tuple of str
        What else there is to know; where it can't be checked, why, and what to write.
    """

    parameters: Mapping[str, Row]
    births: tuple[Birth, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every gradient is right."""
        return all(row.verdict == RIGHT for row in self.parameters.values())

    @property
    def verdict(self) -> str:
        """The worst verdict of all."""
        verdicts = {row.verdict for row in self.parameters.values()}
        return WRONG if WRONG in verdicts else UNCHECKED if UNCHECKED in verdicts else RIGHT

    def raise_if_wrong(self) -> BackpropReport:
        """The report itself where it is `ok`.

        Raises
        ------
        BackpropError
            With the report as its text.
        """
        if not self.ok:
            raise BackpropError(self)
        return self

    def to_dict(self) -> dict[str, Any]:
        """Everything as dictionaries, lists, text and numbers."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            "parameters": {str(name): asdict(row) for name, row in self.parameters.items()},
            "births": [asdict(birth) for birth in self.births],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return self.text(colours=_on_terminal())

    def text(self, colours: bool = False) -> str:
        """The report as text."""

        def paint(text: str, verdict: str) -> str:
            return f"\033[{_COLOURS[verdict]}m{text}\033[0m" if colours else text

        counts = [row.verdict for row in self.parameters.values()]
        lines = [paint(_headline(counts), self.verdict), ""]
        table: list[tuple[str, ...]] = [
            ("parameter", "shape", "verdict", "error", "ratio", "worst entry: given, expected")
        ]
        table += [_cells(row) for row in self.parameters.values()]
        widths = [max(len(cells[k]) for cells in table) for k in range(len(table[0]))]
        for cells, verdict in zip(table, [None, *counts], strict=True):
            line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            lines.append(line if verdict is None else paint(line, verdict))
        for birth in self.births:
            lines += ["", paint(f"{_short(birth.filename)}:{birth.lineno}: {birth.code}", WRONG)]
            lines += [f"    {birth.variable + ': ' if birth.variable else ''}{birth.cause}"]
            if birth.repair:
                lines.append(f"    with `{birth.repair}` {_list(birth.parameters)} {_are(birth.parameters)} right")
            elif birth.parameters:
                lines.append(f"    with that put right, {_list(birth.parameters)} {_are(birth.parameters)} right")
        if self.notes:
            lines += ["", *self.notes]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """A table, for a notebook."""
        cells: list[tuple[str, ...]] = [
            ("parameter", "shape", "verdict", "error", "ratio", "worst entry: given, expected")
        ]
        cells += [_cells(row) for row in self.parameters.values()]
        colours = {RIGHT: "green", WRONG: "crimson", UNCHECKED: "darkorange"}
        rows = []
        for k, row in enumerate(cells):
            tag = "td" if k else "th"
            style = f' style="color:{colours[row[2]]}"' if k else ""
            rows.append(f"<tr{style}>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>")
        births = "".join(
            f"<li><code>{html.escape(_short(b.filename))}:{b.lineno}: {html.escape(b.code)}</code><br>"
            f"{html.escape(b.cause)}</li>"
            for b in self.births
        )
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<table>{''.join(rows)}</table>" + (f"<ul>{births}</ul>" if births else "") + notes


def _headline(verdicts: list[str]) -> str:
    wrong, unchecked = verdicts.count(WRONG), verdicts.count(UNCHECKED)
    if wrong:
        return f"{wrong} of {len(verdicts)} gradients {'is' if wrong == 1 else 'are'} wrong"
    return "the gradients can't be checked" if unchecked else f"all {len(verdicts)} gradients are right"


def _cells(row: Row) -> tuple[str, ...]:
    worst = row.note
    if row.worst is not None:
        entry = ", ".join(map(str, row.worst["entry"]))
        worst = f"[{entry}]: {row.worst['given']:.6g}, {row.worst['expected']:.6g}" + (
            f"; {row.note}" if row.note else ""
        )
    error = "" if math.isnan(row.error) else f"{row.error:.1e}"
    ratio = "" if row.ratio is None else f"{row.ratio:.6g}"
    return (str(row.name), str(row.shape), row.verdict, error, ratio, worst)


def _list(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _are(names: tuple[str, ...]) -> str:
    return "is" if len(names) == 1 else "are"


def _short(filename: str) -> str:
    """A path as one reads it from here."""
    try:
        return str(Path(filename).resolve().relative_to(Path.cwd()))
    except ValueError:
        return filename


def _on_terminal() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
