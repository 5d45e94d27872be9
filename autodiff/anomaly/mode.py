"""The watching: while it is on, `apply` and the sweeps are replaced by twins that look at what comes out."""

from __future__ import annotations

import cmath
import math
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import FrameType
from typing import Any
from weakref import ref

import numpy as np

from .. import sweep
from ..graph import Leaf, Node, Stub
from ..op import Outputs, recording
from ..op.unrolled import all_through_apply
from ..tensor import Tensor
from .diagnosis import SMALL, Limits, Print, Record, changed, culprit, fingerprint, in_forward, in_tangents, placed
from .places import user_of

_watch: ContextVar[Watch | None] = ContextVar("anomaly", default=None)
_lock = threading.Lock()
_originals: dict[tuple[Any, str], Any] = {}
_open = 0
FLOAT64 = np.dtype(np.float64)
NOTHING = Limits(nan=False, inf=False, huge=None)
LIMIT = 50_000
"""So many operations are remembered; then the older half is forgotten, as after a long training loop."""


class Watch:
    """What is looked for, and what is remembered of each operation."""

    def __init__(self, limits: Limits, records: dict[int, Record]) -> None:
        self.limits = limits
        self.records = records

    def looks_bad(self, value: Any) -> bool:
        """A quick look: one pass, and one number. A false alarm (an overflow of it) costs a second look only."""
        if type(value) is not np.ndarray:
            if type(value) is np.float64 and self.limits.huge is None:
                return not math.isfinite(value)
            if isinstance(value, Outputs):
                return any(map(self.looks_bad, value))
            value = np.asarray(value)
        kind = value.dtype.kind
        if kind != "f" and kind != "c":
            return False
        flat = value if value.ndim == 1 else value.ravel()
        squares = flat.dot(flat)
        if not (math.isfinite(squares) if kind == "f" else cmath.isfinite(squares)):
            return True
        return self.limits.huge is not None and bool((np.abs(flat) > self.limits.huge).any())

    def remember(self, node: Node, arguments: tuple[Any, ...], frame: FrameType) -> None:
        """Keep the user's line, what the graph doesn't keep, and fingerprints of what somebody outside could change."""
        prints: list[Print] = []
        others: list[tuple[int, Any]] = []
        k = 0
        for saved, parent in zip(node.arguments, node.parents):  # type: ignore[arg-type]  # noqa: B905  # 0.05 us less
            kind = type(saved)
            if kind is np.ndarray:
                if type(parent) is not Node or parent.operation.aliases:
                    prints.append((k, saved.tobytes() if saved.nbytes <= SMALL else fingerprint(saved)))
            elif kind is Node or kind is Leaf or kind is Stub:
                argument = arguments[k]
                value = argument._value if isinstance(argument, Tensor) else argument
                others.append((k, ref(value) if type(value) is np.ndarray and value.nbytes > SMALL else value))
            k += 1  # noqa: SIM113  # enumerate over zip takes 0.1 us longer
        self.records[node.index] = user_of(frame), prints, others
        if len(self.records) > LIMIT:
            for index in list(self.records)[: LIMIT // 2]:
                del self.records[index]


@contextmanager
def detect_anomaly(*, nan: bool = True, inf: bool = True, huge: float | None = None) -> Iterator[None]:
    """Inside the block, raise where a nan, an infinity or a far too large number comes about, forward or backward.

    The error names the operation, the line of your code, the operands with their ranges, the first bad entry, whether
    it was born there or came in with the data, and the usual cause. An array that changes in memory between forward
    and backward is found, too. Put the whole step inside, forward and backward: what was computed before has no line.
    Blocks nest (the innermost decides what to look for), and each thread and task has its own.

    Parameters
    ----------
    nan, inf : bool
        What to look for.
    huge : float, optional
        Also look for absolute values above this one.

    Raises
    ------
    AnomalyError
        Its fields are the numbers. A gradient is looked at where it arrives: at a leaf, or at the input of a
        transform. A `where` whose unchosen branch has an infinite derivative is an anomaly here (0 * inf), although
        outside of the block reverse mode passes a 0 on.

    Examples
    --------
    >>> import autodiff as ad
    >>> p = ad.Tensor([0.5, 0.0], requires_grad=True)
    >>> try:
    ...     with ad.detect_anomaly():
    ...         loss = -ad.log(p).sum()
    ... except ad.AnomalyError as error:
    ...     print(error.operation, error.entry, error.value, error.operands[0].at_entry)
    log (1,) -inf 0.0
    """
    outer = _watch.get()
    records = {} if outer is None else outer.records
    _install()
    token = _watch.set(Watch(Limits(nan, inf, huge), records))
    try:
        with all_through_apply(), np.errstate(all="ignore"):  # NumPy's warnings say less
            yield
    finally:
        _watch.reset(token)
        _remove()


def _install() -> None:
    """Put the twins in place; other threads go through them and are let pass."""
    global _open
    with _lock:
        _open += 1
        if _open > 1:
            return
        for module, name, twin in _TWINS:
            if hasattr(module, name):
                original = getattr(module, name)
                _originals[module, name] = original
                setattr(module, name, partial(twin, original))


def _remove() -> None:
    global _open
    with _lock:
        _open -= 1
        if not _open:
            for (module, name), original in _originals.items():
                setattr(module, name, original)
            _originals.clear()


# The twins -----------------------------------------------------------------------------------------------------------


def _apply(
    original: Callable[..., Tensor], operation: Any, arguments: tuple[Any, ...], params: dict[str, Any]
) -> Tensor:
    watch = _watch.get()
    result = original(operation, arguments, params)
    if watch is not None:
        _look(watch, operation, arguments, result, sys._getframe(1))
    return result


def _look(watch: Watch, operation: Any, arguments: tuple[Any, ...], result: Tensor, frame: FrameType) -> None:
    node = result._node
    if type(node) is Node:
        watch.remember(node, arguments, frame)
    value = result._value
    if type(value) is np.ndarray and value.dtype is FLOAT64 and watch.limits.huge is None:
        flat = value if value.ndim == 1 else value.ravel()
        if math.isfinite(flat.dot(flat)):  # `looks_bad` for the usual case: 0.2 us less
            return
    if watch.looks_bad(value):
        error = in_forward(watch.limits, operation, arguments, result._value, placed(user_of(frame)))
        if error is not None:
            raise error


def _pullback(
    original: Callable[..., sweep.Values],
    cotangents: sweep.Values,
    wanted: Collection[Any] | None = None,
    sources: Collection[Any] = (),
    *,
    retain_graph: bool = True,
    zero_for_zero: bool = True,
) -> sweep.Values:
    watch = _watch.get()
    if watch is None:
        return original(cotangents, wanted, sources, retain_graph=retain_graph, zero_for_zero=zero_for_zero)
    token = _watch.set(Watch(NOTHING, watch.records))  # what the rules compute is looked at where it arrives
    try:
        nodes = _reached(cotangents, wanted, sources)
        _check_memory(watch, nodes)
        # Forward, what a mask takes out later is an anomaly as well.
        arrived = original(cotangents, wanted, sources, zero_for_zero=not watch.limits.nan)
        for g in arrived.values():
            if watch.looks_bad(g._value if type(g) is Tensor else g):
                error = culprit(original, watch.limits, watch.records, nodes, cotangents, wanted, sources)
                if error is not None:
                    raise error
        if not retain_graph:
            for node in nodes:
                node.arguments = node.value = None
                node.parents = ()
                watch.records.pop(node.index, None)
        return arrived
    finally:
        _watch.reset(token)


def _reached(roots: Collection[Any], wanted: Collection[Any] | None, sources: Collection[Any]) -> list[Node]:
    """The nodes through which the sweep goes."""
    found = [node for node in roots if type(node) is Node and node not in sources]
    seen = {*found, *sources}
    for node in found:  # which grows meanwhile
        for parent in node.parents:
            if type(parent) is Node and parent not in seen and (wanted is None or parent in wanted):
                seen.add(parent)
                found.append(parent)
    return found


def _check_memory(watch: Watch, nodes: list[Node]) -> None:
    records = watch.records
    for node in nodes:
        record = records.get(node.index)
        if record is None or node.arguments is None:
            continue
        for k, before in record[1]:
            array = node.arguments[k]
            if (array.tobytes() if array.nbytes <= SMALL else fingerprint(array)) != before:
                error = changed(record, node, k)
                if error is not None:
                    raise error


def _pushforward(original: Callable[..., sweep.Values], tape: Any, tangents: sweep.Values) -> sweep.Values:
    watch = _watch.get()
    if watch is None:
        return original(tape, tangents)
    tape = list(tape)
    token = _watch.set(Watch(NOTHING, watch.records))
    try:
        _check_memory(watch, tape)
        completed = original(tape, tangents)
        for node in tape:
            t = completed.get(node)
            if t is not None and watch.looks_bad(t._value if isinstance(t, Tensor) else t):
                error = in_tangents(watch.limits, watch.records, node, completed)
                if error is not None:
                    raise error
        return completed
    finally:
        _watch.reset(token)


_TWINS: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
    (recording, "apply", _apply),
    (sweep, "pullback", _pullback),
    (sweep, "pushforward", _pushforward),
)
