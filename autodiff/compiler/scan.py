"""`Compiled.scan`: a step for each row of its arguments, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..tensor import Tensor, wrap
from .entry import Answer
from .interface import flatten, node_without_graph
from .program import mapped
from .recorded import Recording
from .replay import Replay

if TYPE_CHECKING:
    from .compiled import Compiled


def scan(compiled: Compiled, args: tuple[Any, ...]) -> Any:
    """Call `compiled` with the rows of `args`, one after another; returns the results, stacked.

    The first row is an ordinary call, which records the step or finds the recording that fits. Nothing can change
    between the steps, so what that call has checked holds for all of them.
    """
    arrays = [_rows(compiled, k, x) for k, x in enumerate(args)]
    lengths = {len(array) for array in arrays}
    if len(lengths) != 1 or lengths == {0}:
        found = ", ".join(str(len(array)) for array in arrays)
        raise ValueError(
            f"scan of {compiled.__name__}: one argument or more, each with the same number of rows and one at least, "
            f"expected; got {found or 'none'}"
        )
    (length,) = lengths
    given = [isinstance(x, Tensor) for x in args]

    def row(k: int) -> list[Any]:
        parts = [array[k : k + 1].reshape(array.shape[1:]) for array in arrays]
        return [wrap(part, None) if tensor else part for part, tensor in zip(parts, given, strict=True)]

    first = compiled.first_of_rows(*row(0))
    replay = compiled.scanning()
    if replay is not None and replay.direct and length > 1:
        rest = replay.run(tuple([wrap(a[1:], None) if t else a[1:] for a, t in zip(arrays, given, strict=True)]), {})
        if type(rest) is not Answer:
            return _joined(replay.recording, first, rest)
    if replay is None or replay.direct:
        return _stack([first, *(compiled(*row(k)) for k in range(1, length))])
    return _scanned(replay, first, arrays, length)


def _rows(compiled: Compiled, k: int, x: Any) -> Any:
    """An argument as an array of rows, the scan's own."""
    value = x._value if isinstance(x, Tensor) else x
    if not isinstance(value, np.ndarray) or not value.ndim or (isinstance(x, Tensor) and x.requires_grad):
        raise TypeError(
            f"scan of {compiled.__name__}: argument {k} has to be an array, or a Tensor that requires no gradient, "
            f"with a row for each step, not {type(x).__name__}"
        )
    return np.array(value, order="C")


def _scanned(replay: Replay, first: Any, arrays: list[Any], length: int) -> Any:
    """Replay all rows but the first, and put the results behind those of the first."""
    recording = replay.recording
    stacks = {}
    results = flatten(first)[0]
    for k, (output, result) in enumerate(zip(recording.outputs, results, strict=True)):
        if output.var is not None:
            value = result._value if isinstance(result, Tensor) else result
            stacks[k] = np.empty((length, *value.shape), value.dtype)
            stacks[k][0] = value
    replay.run_rows([array[1:] for array in arrays], [stack[1:] for stack in stacks.values()])
    return _arranged(recording, results, stacks, arrays)


def _joined(recording: Recording, first: Any, rest: Any) -> Any:
    """The results of the first row before those of the others."""
    final = []
    for output, one, others in zip(recording.outputs, flatten(first)[0], flatten(rest)[0], strict=True):
        if output.var is None:
            final.append(one)
            continue
        head, tail = (x._value if isinstance(x, Tensor) else x for x in (one, others))
        stacked = np.concatenate([np.asarray(head)[None], tail])
        final.append(_wrapped(stacked, output.tracked) if output.kind == "tensor" else stacked)
    remaining = iter(final)
    return mapped(recording.template, lambda _: next(remaining))


def _arranged(recording: Recording, results: list[Any], stacks: dict[int, Any], arrays: list[Any]) -> Any:
    """The stacked results, arranged as a step's are."""
    final = []
    for k, (output, result) in enumerate(zip(recording.outputs, results, strict=True)):
        if output.kind == "argument":
            stacked = arrays[output.value]
            final.append(wrap(stacked, None) if isinstance(result, Tensor) else stacked)
        elif k in stacks:
            final.append(_wrapped(stacks[k], output.tracked) if output.kind == "tensor" else stacks[k])
        else:
            final.append(result)
    remaining = iter(final)
    return mapped(recording.template, lambda _: next(remaining))


def _wrapped(value: Any, tracked: bool) -> Tensor:
    return wrap(value, node_without_graph(value) if tracked else None)


def _stack(rows: list[Any]) -> Any:
    """The results of eager calls, stacked."""
    first = rows[0]
    if isinstance(first, (tuple, list)):
        parts = [_stack([row[k] for row in rows]) for k in range(len(first))]
        return type(first)(*parts) if hasattr(first, "_fields") else type(first)(parts)
    if isinstance(first, dict):
        return {key: _stack([row[key] for row in rows]) for key in first}
    if isinstance(first, Tensor):
        return wrap(np.stack([row._value for row in rows]), None)
    return np.stack(rows) if isinstance(first, (np.ndarray, np.generic)) else first
