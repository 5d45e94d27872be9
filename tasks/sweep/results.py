"""The file results.jsonl: a line for each run that ended, whole or not there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tasks import outputs
from tasks.sweep.rows import VERSION, Row, from_json, to_json

RESULTS, TORN = "results.jsonl", "results.torn"
WAY_OUT = "choose another --out, or move the file away"


class Results:
    """The rows in a folder's results.jsonl, to which others are appended.

    A last line that a killed sweep left torn is moved to results.torn.

    Parameters
    ----------
    folder : Path
        Made where there is none.

    Attributes
    ----------
    rows : list of Row
        Those that were in the file.
    torn : bool
        Whether a torn line was moved.

    Raises
    ------
    ValueError
        If the file has a line that this version didn't write; it is left as it is.
    OSError
        If it can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        outputs.prepare(folder)
        self.path = folder / RESULTS
        content = self.path.read_bytes() if self.path.exists() else b""
        lines = content.splitlines(keepends=True)
        self.torn = bool(lines) and _is_torn(lines[-1])
        whole = lines[:-1] if self.torn else lines
        self.rows = [self._read(number, line) for number, line in enumerate(whole, start=1)]
        if self.torn:
            _append(folder / TORN, lines[-1])
            os.truncate(self.path, len(content) - len(lines[-1]))

    def _read(self, number: int, line: bytes) -> Row:
        """The row of a whole line."""
        entry = _parsed(line)
        if not isinstance(entry, dict) or entry.get("version") != VERSION:
            raise ValueError(f"{self.path}, line {number}, is from another version: {WAY_OUT}")
        try:
            return from_json(entry)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{self.path}, line {number}, is not a row of a sweep: {WAY_OUT}") from error

    def append(self, row: Row) -> None:
        """Write a row so that it lasts."""
        _append(self.path, json.dumps(to_json(row), allow_nan=False).encode() + b"\n")


def _is_torn(line: bytes) -> bool:
    """Whether a last line lacks its end, or what is before it (after a loss of power)."""
    return not line.endswith(b"\n") or _parsed(line) is None


def _parsed(line: bytes) -> Any:
    """The value of a line of JSON, None where it is none."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def _append(path: Path, line: bytes) -> None:
    """Append a line and see it to the disk; where that fails the file is as it was."""
    with path.open("ab", buffering=0) as file:
        before = file.seek(0, os.SEEK_END)
        try:
            written = file.write(line)
            # A disk that fills up takes a part first, and only refuses the rest.
            while written < len(line):
                written += file.write(line[written:])
            os.fsync(file.fileno())
        except OSError as error:
            file.truncate(before)
            error.filename = str(path)  # Writing to an open file doesn't say which.
            raise
