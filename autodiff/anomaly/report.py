"""What is said of an anomaly: the operation, its operands, the entry, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from .places import Place

Kind = Literal["nan", "inf", "huge", "changed"]
Phase = Literal["forward", "backward", "tangent"]
Entry = tuple[int, ...]


@dataclass(frozen=True)
class Operand:
    """One argument of the operation.

    Attributes
    ----------
    name : str
        The tensor's name, or what stands there in the source; empty where neither is known.
    shape : tuple of int
    dtype : str
    low, high : float
        The range of its finite entries; nan where there are none, or where the values weren't kept.
    bad : int
        How many of its entries are nan or infinite.
    at_entry : number or None
        Its value at the bad entry (broadcast), where it has one.
    first_bad : tuple of int or None
        Its own first entry that is nan or infinite.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    low: float = float("nan")
    high: float = float("nan")
    bad: int = 0
    at_entry: Any = None
    first_bad: Entry | None = None

    def __str__(self) -> str:
        text = f"{self.name or 'unnamed'}, {self.dtype} of shape {self.shape}"
        if self.low == self.low:
            text += f", from {self.low:.6g} to {self.high:.6g}"
        if self.bad:
            text += f", {self.bad} not finite, the first at {self.first_bad}"
        return text + ("" if self.at_entry is None else f"; here {self.at_entry!s}")


class AnomalyError(ArithmeticError):
    """A number that can't be right, or an array that changed between forward and backward.

    Attributes
    ----------
    kind : str
        "nan", "inf", "huge", or "changed".
    phase : str
        "forward", "backward" or "tangent" (forward mode).
    operation : str
        The operation's name.
    filename, lineno, source
        The user's line where it was carried out; None, None and "" where that was before `detect_anomaly` began.
    entry : tuple of int or None
        The first bad entry: of the output, or, backward, of the gradient by an operand.
    value : number or None
        What is there.
    operands : list of Operand
    born : bool
        Whether it came about in this operation, not before.
    inherited_from : str
        Where it came from instead.
    way : list of (str, str)
        Backward: the operations from there to the loss, each with its ``file:line``.
    hint : str
        What usually is behind it; empty where nothing is known.
    """

    __module__ = "autodiff"

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        place = finding.place
        self.kind = finding.kind
        self.phase = finding.phase
        self.operation = finding.operation
        self.filename = None if place is None else place.filename
        self.lineno = None if place is None else place.lineno
        self.source = "" if place is None else place.source
        self.entry = finding.entry
        self.value = finding.value
        self.operands = list(finding.operands)
        self.inherited_from = finding.inherited_from
        self.born = not finding.inherited_from
        self.way = [(name, "" if p is None else str(p)) for name, p in finding.way]
        self.hint = finding.hint


@dataclass(frozen=True)
class Finding:
    """The material of an `AnomalyError`; the fields are explained there."""

    kind: Kind
    phase: Phase
    operation: str
    place: Place | None
    entry: Entry | None = None
    value: Any = None
    operands: Sequence[Operand] = ()
    inherited_from: str = ""
    way: Sequence[tuple[str, Place | None]] = ()
    hint: str = ""
    culprit: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        where = "before detect_anomaly began" if self.place is None else f"at {self.place}"
        if self.kind == "changed":
            lines = [
                f"{self.culprit} was changed in memory after {self.operation} had used it and before backward, {where}"
            ]
        else:
            what = {"forward": "", "backward": "in the derivative of ", "tangent": "in the tangent of "}[self.phase]
            verb = "arrived" if self.inherited_from else "was born"
            lines = [f"{self.kind} {verb} {what or 'in '}{self.operation}, {where}"]
        if self.place is not None and self.place.source:
            lines.append(f"    {self.place.source}")
        if self.entry is not None:
            of = f" of the gradient by {self.culprit or 'an operand'}" if self.phase == "backward" else ""
            of = " of what arrived there" if of and self.inherited_from else of
            lines.append(f"  entry {self.entry}{of} is {self.value!s}")
        lines += [f"  operand {k}: {operand}" for k, operand in enumerate(self.operands)]
        if self.inherited_from:
            lines.append(f"  inherited: {self.inherited_from}")
        if self.way:
            steps = [f"{name} ({place})" if place else name for name, place in self.way]
            lines.append("  the way to the loss: " + " -> ".join(steps))
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


def operand(name: str, value: Any, shape: tuple[int, ...] | None, entry: Entry | None) -> Operand:
    """What is known of an argument; `shape` is that of the array to which `entry` belongs."""
    value = value if hasattr(value, "dtype") else np.asarray(value)
    dtype = str(value.dtype)
    if not isinstance(value, (np.ndarray, np.generic)) or value.dtype.kind not in "biufc":
        return Operand(name, tuple(value.shape), dtype)
    array = np.asarray(value)
    good = np.isfinite(array)
    at = None
    if entry is not None and shape is not None:
        try:
            at = np.broadcast_to(array, shape)[entry]
        except ValueError:
            at = None  # a reduction or a product: many entries meet in one
    finite = np.abs(array[good]) if array.dtype.kind == "c" else array[good]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (float("nan"), float("nan"))
    bad = np.argwhere(~good)
    first = tuple(int(n) for n in bad[0]) if len(bad) else None
    return Operand(name, array.shape, dtype, low, high, len(bad), at, first)
