"""How a function behaves when it is called: what keeps its derivatives from being checked at all, and where."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from ..graph import no_grad
from ..op.recording import as_tensor
from .coordinates import Coordinate, as_vector, displaced
from .problem import Arrays, HandWritten, Problem

ROUNDINGS = 64
"""By how many rounding errors two calls may differ: a parallel sum isn't the same to the last bit each time."""
CALLS = 5
"""How often the function is called again: a coin that is thrown in it may fall on the same side twice."""
Place = tuple[CodeType, int]
_PACKAGE = str(Path(__file__).parent.parent)


def misconduct(problem: Problem) -> str | None:
    """Why differences would mean nothing: the function changes its inputs, or it isn't deterministic."""
    names = ["function", "gradient"] if isinstance(problem, HandWritten) else ["function"]
    for name in names:
        changed = _changed(problem, name)
        if changed is not None:
            return f"the {name} changes its input {changed} in place; let it work on a copy"
    first = as_vector(problem.outputs)
    allowed = ROUNDINGS * problem.epsilon * np.abs(first).max(initial=0.0)
    for _ in range(CALLS):
        again = as_vector(problem.values(problem.point))
        if again.shape != first.shape:
            return f"it isn't deterministic: two calls at the same point gave {first.size} and {again.size} numbers"
        off = (np.abs(again - first) > allowed) | (np.isnan(again) != np.isnan(first))
        if off.any():
            k = int(np.argmax(off))
            return (
                f"it isn't deterministic: two calls at the same point gave {first[k]:.12g} and {again[k]:.12g}; "
                "give it a generator with a fixed seed, made anew in each call"
            )
    if isinstance(problem, HandWritten):
        one, other = problem.analytic("gradient"), problem.analytic("gradient")
        if (np.abs(one - other) > ROUNDINGS * problem.epsilon * np.abs(one).max(initial=0.0)).any():
            return "the gradient isn't deterministic: two calls at the same point gave different numbers"
    return None


def _changed(problem: Problem, name: str) -> int | None:
    """The first input that is another one after the call."""
    inputs = [x.copy() for x in problem.inputs]
    with no_grad():
        if isinstance(problem, HandWritten):
            problem.values(problem.point)  # the gradient may want to find in a cache what this leaves there
            (problem.f if name == "function" else problem.gradient)(*[x if x.ndim else x[()] for x in inputs])
        else:
            problem.f(*map(as_tensor, inputs))
    pairs = zip(inputs, problem.inputs, strict=True)
    return next((k for k, (after, before) in enumerate(pairs) if not _same(after, before)), None)


def _same(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    return bool(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))


def branch(problem: Problem, coordinate: Coordinate, step: float) -> str:
    """Where the code takes another way on one side of the point than on the other; empty if it doesn't."""
    ways = []
    for t in (-step, step):
        moved = problem.point
        moved[coordinate.array] = displaced(moved[coordinate.array], coordinate, t)
        ways.append(_way(lambda moved=moved: problem.values(moved)))  # type: ignore[misc]
    for one, other in zip(*ways, strict=False):
        if one != other:
            break
        last = one
    else:
        return ""
    return f"it branches on the value, at {_line(*last)}"


def _way(call: Callable[[], Arrays]) -> list[Place]:
    """The instructions of the user's own code that a call goes through, in order."""
    way: list[Place] = []

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if not _is_users(frame.f_code.co_filename):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            way.append((frame.f_code, frame.f_lasti))
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        call()
    except Exception:  # its end is a way that it took
        return way
    finally:
        sys.settrace(before)
    return way


def _line(code: CodeType, instruction: int) -> str:
    """File, line and text of an instruction."""
    number = next((n for start, end, n in code.co_lines() if start <= instruction < end and n), code.co_firstlineno)
    text = linecache.getline(code.co_filename, number).strip()
    return f"{code.co_filename}:{number}" + (f": {text}" if text else "")


def _is_users(filename: str) -> bool:
    return not (filename.startswith((_PACKAGE, "<")) or "site-packages" in filename or "/numpy/" in filename)


def place(traceback: TracebackType | None) -> str:
    """The user's own line from which an error came."""
    found = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith(_PACKAGE):
            found = _line(code, traceback.tb_lasti)
        traceback = traceback.tb_next
    return found
