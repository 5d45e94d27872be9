"""The file results.jsonl: what is read back, what is torn, and what another version wrote."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sweep.results import Results
from tasks.sweep.rows import Row, from_json, to_json
from tasks.sweep.settings import Config

ROWS = [Row("xor", Config(seed=seed), 0.5, 2, (0.25, 0.1 + 0.2), False, False, 0.125) for seed in range(3)]


def write(folder: Path) -> bytes:
    """A file with the rows."""
    results = Results(folder)
    for row in ROWS:
        results.append(row)
    return results.path.read_bytes()


def test_rows_come_back(tmp_path: Path) -> None:
    """What was appended is read by the next one, to the last digit and in order."""
    write(tmp_path)
    results = Results(tmp_path)
    assert results.rows == ROWS
    assert not results.torn
    assert not (tmp_path / "results.torn").exists()


@given(
    losses=st.lists(st.floats(min_value=0) | st.just(math.nan), min_size=1, max_size=5),
    accuracy=st.floats(0, 1),
    lr=st.floats(min_value=1e-300, max_value=1e300),
    diverged=st.booleans(),
)
def test_any_row_survives_json(losses: list[float], accuracy: float, lr: float, diverged: bool) -> None:
    """Every digit of a row survives, and JSON has no NaN; infinity is NaN in a row before that."""
    shown = tuple(loss if math.isfinite(loss) else math.nan for loss in losses)
    config = Config(lr=lr, activations=("none", "tanh"), optimizer="adam")
    row = Row("linear", config, accuracy, len(losses), shown, False, diverged, 1.5)
    back = from_json(json.loads(json.dumps(to_json(row), allow_nan=False)))
    assert repr(back) == repr(row)


@pytest.mark.parametrize("left", [1, 10, -20, -1])
def test_torn_line_is_moved(tmp_path: Path, left: int) -> None:
    """Of a line that was cut off nothing counts, and nothing is lost: it is in results.torn."""
    *whole, last = write(tmp_path).splitlines(keepends=True)
    (tmp_path / "results.jsonl").write_bytes(b"".join(whole) + last[:left])
    results = Results(tmp_path)
    assert results.torn
    assert results.rows == ROWS[:-1]
    assert (tmp_path / "results.jsonl").read_bytes() == b"".join(whole)
    assert (tmp_path / "results.torn").read_bytes() == last[:left]
    results.append(ROWS[-1])
    again = Results(tmp_path)
    assert again.rows == ROWS
    assert not again.torn


def test_only_line_is_torn(tmp_path: Path) -> None:
    """A file that is one torn line becomes an empty one."""
    (tmp_path / "results.jsonl").write_bytes(b'{"version": 1, "ta')
    assert Results(tmp_path).rows == []
    assert (tmp_path / "results.jsonl").read_bytes() == b""


def test_zeros_after_a_loss_of_power(tmp_path: Path) -> None:
    """Some file systems leave zeros where a line was to be; they are torn as well."""
    content = write(tmp_path)
    (tmp_path / "results.jsonl").write_bytes(content + b"\0" * 40)
    assert Results(tmp_path).rows == ROWS
    assert (tmp_path / "results.torn").read_bytes() == b"\0" * 40


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"version": 0}', "line 2, is from another version"),
        (b'{"version": 2, "task": "xor"}', "line 2, is from another version"),
        (b'{"task": "xor"}', "line 2, is from another version"),
        (b"[1]", "line 2, is from another version"),
        (b'{"version": 1}', "line 2, is not a row of a sweep"),
        (b'{"version": 1, "config": {"activations": ["swish", "relu"]}, "losses": []}', "line 2, is not a row"),
        (b"no json", "line 2, is from another version"),
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, line: bytes, message: str) -> None:
    """A whole line that this version didn't write is an error that names it, and the file stays as it is."""
    first, *rest = write(tmp_path).splitlines(keepends=True)
    content = first + line + b"\n" + b"".join(rest)
    (tmp_path / "results.jsonl").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        Results(tmp_path)
    assert (tmp_path / "results.jsonl").read_bytes() == content


def test_full_disk_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the line is to be made to last: the file is as it was, and the error names it."""
    before = write(tmp_path)
    results = Results(tmp_path)

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=r"No space left on device: '.*results.jsonl'"):
        results.append(ROWS[0])
    assert results.path.read_bytes() == before
