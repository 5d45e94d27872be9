"""Where the user wrote what is being recorded, and what the user calls it."""

from __future__ import annotations

import ast
import linecache
import sys
from pathlib import Path
from types import FrameType
from typing import Any

Line = tuple[str, int]
"""File and line number."""

_OWN = str(Path(__file__).parent.parent)
_HERE = str(Path(__file__).parent)
_OPERATIONS = str(Path(__file__).parent.parent / "op")


def where() -> tuple[Line | None, Any]:
    """The user's line that led here, and the frame of the reverse sweep if that runs a rule.

    What an operation or a rule does inside belongs to the line that called the operation.
    """
    line: Line | None = None
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        file = code.co_filename
        if file.startswith(_OWN):
            if code.co_name == "pullback":
                return None, frame
            if code.co_name == "run_recorded":
                break
            if file.startswith(_OPERATIONS):
                line = None
        elif file.startswith("<autodiff operation"):
            line = None
        elif line is None:
            line = (file, frame.f_lineno)
        frame = frame.f_back
    return line, None


def user_line() -> Line | None:
    """The innermost line that is not of this package: for messages."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((_OWN, "<autodiff")) and "/numpy/" not in file:
            return file, frame.f_lineno
        frame = frame.f_back
    return None


def text(line: Line) -> str:
    """What stands there."""
    return linecache.getline(*line).strip()


def shown(line: Line | None) -> str:
    """A line for an error message."""
    return f' (File "{line[0]}", line {line[1]}: {text(line)})' if line else ""


def assigned_name(line: Line) -> str | None:
    """The variable that a line assigns its result to, if it is one."""
    try:
        statement = ast.parse(text(line)).body[0]
    except (SyntaxError, IndexError):
        return None
    # A list or a lambda is not what the operations in it compute.
    if isinstance(statement, ast.Assign) and isinstance(
        statement.value, (ast.Call, ast.BinOp, ast.UnaryOp, ast.Subscript)
    ):
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None
