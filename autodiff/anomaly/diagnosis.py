"""Once something looks bad: what it is, where it was born, and which way it came."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple
from weakref import ref

import numpy as np

from ..graph import Leaf, Node
from ..op import Cotangents, Outputs
from ..tensor import Tensor
from .hints import backward_hint, forward_hint
from .places import Place, RawPlace
from .report import AnomalyError, Entry, Finding, Kind, Operand, operand

Print = tuple[int, bytes]
"""The position of an argument and the fingerprint of its array."""

SMALL = 2048
"""Arrays of so many bytes are remembered as they are: faster than any sum of them."""


Record = tuple[RawPlace | None, list[Print], list[tuple[int, Any]]]
"""What is remembered of an operation: the user's line, the fingerprints, and those arguments that the graph doesn't
keep (small ones; of large arrays weak references). A plain tuple: one is made for each operation."""
UNKNOWN: Record = (None, [], [])


def placed(raw: RawPlace | None) -> Place | None:
    """The place, where one is known."""
    return None if raw is None else Place(*raw)


class Limits(NamedTuple):
    """What is looked for."""

    nan: bool
    inf: bool
    huge: float | None

    def first_bad(self, value: Any) -> tuple[Kind, Entry] | None:
        """The gravest kind in an array and the first entry of that kind."""
        array = np.asarray(value)
        if array.dtype.kind not in "fc":
            return None
        found: tuple[tuple[Kind, bool, Any], ...] = (
            ("nan", self.nan, np.isnan(array)),
            ("inf", self.inf, np.isinf(array)),
            ("huge", self.huge is not None, np.abs(array) > (self.huge or 0.0)),
        )
        for kind, wanted, where in found:
            if wanted and where.any():
                return kind, tuple(int(n) for n in np.argwhere(where)[0])
        return None

    def has(self, kind: Kind, value: Any) -> bool:
        """Whether there is something of that kind, or worse, in an array."""
        if not isinstance(value, (np.ndarray, np.generic)) or value.dtype.kind not in "fc":
            return False
        if kind == "nan":
            return bool(np.isnan(value).any())
        if kind == "inf":
            return not np.isfinite(value).all()
        return not (np.abs(value) <= (self.huge or np.inf)).all()


def fingerprint(array: np.ndarray[Any, Any]) -> bytes:
    """What changes when a large array does: a sum with random weights, which minds the order, too."""
    if array.dtype.kind not in "fc":
        return zlib.crc32(array.tobytes()).to_bytes(4)
    flat = array.ravel()
    return flat.dot(_weights(flat)).tobytes()  # type: ignore[no-any-return]


def _weights(flat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Random numbers, the same each time."""
    weights = _random.get(flat.dtype)
    if weights is None or weights.size < flat.size:
        weights = _random[flat.dtype] = np.random.default_rng(0).random(flat.size).astype(flat.dtype)
    return weights[: flat.size]


_random: dict[Any, np.ndarray[Any, Any]] = {}


def changed(record: Record, node: Node, k: int) -> AnomalyError | None:
    """The error on the argument `k`, which isn't any more what it was when the operation read it."""
    parent = node.parents[k]
    if type(parent) is Leaf and parent.changed > node.index:
        return None  # the engine knows, and says so
    operands = _operands(node, record, None, None)
    name = operands[k].name
    whose = f"parameter {name}".strip() if type(parent) is Leaf else f"the array {name}".strip()
    hint = "copy what is kept (x.copy()), or write to it after backward"
    place = placed(record[0])
    return AnomalyError(
        Finding("changed", "backward", node.operation.name, place, operands=operands, hint=hint, culprit=whose)
    )


# Forward -------------------------------------------------------------------------------------------------------------


def in_forward(
    limits: Limits, operation: Any, arguments: Sequence[Any], value: Any, place: Place | None
) -> AnomalyError | None:
    """What is bad in a value, if anything is."""
    parts = list(value) if isinstance(value, Outputs) else [value]
    for part in parts:
        found = limits.first_bad(part)
        if found is not None:
            break
    else:
        return None
    kind, entry = found
    texts = place.operands(len(arguments)) if place is not None else [""] * len(arguments)
    shape = np.shape(part) if operation.kind == "elementwise" else None
    operands, inherited = [], ""
    for k, (argument, text) in enumerate(zip(arguments, texts, strict=True)):
        if argument is None:
            continue
        raw = argument._value if isinstance(argument, Tensor) else np.asarray(argument)
        name = _name(argument, text)
        operands.append(operand(name, raw, shape, entry))
        if limits.has(kind, raw) and not inherited:
            inherited = _source(argument, name or f"operand {k}", operands[-1])
    hint = "" if inherited else forward_hint(operation.name, kind, operands)
    number = np.asarray(part)[entry]
    return AnomalyError(Finding(kind, "forward", operation.name, place, entry, number, operands, inherited, (), hint))


def _name(argument: Any, text: str) -> str:
    """The tensor's name; else the text, where it isn't a number."""
    if isinstance(argument, Tensor):
        own = argument.name or (argument._node.name if isinstance(argument._node, Leaf) else None)
        return own or text
    return text


def _source(argument: Any, name: str, seen: Operand) -> str:
    """Where an operand's bad entry comes from."""
    at = f"{name} has it already, at {seen.first_bad}" if seen.first_bad is not None else f"{name} has it already"
    node = argument._node if isinstance(argument, Tensor) else None
    if isinstance(node, Leaf):
        return f"{at}: a parameter that its last update (a learning rate that is too large?) left so"
    if isinstance(node, Node):
        return f"{at}: it was computed by {node.operation.name}, let pass or before detect_anomaly"
    return f"{at}: it is in the data"


# Backward ------------------------------------------------------------------------------------------------------------


def culprit(
    pullback: Callable[..., dict[Any, Any]],
    limits: Limits,
    records: dict[int, Record],
    nodes: Sequence[Node],
    cotangents: dict[Any, Any],
    wanted: Collection[Any] | None,
    sources: Collection[Any],
) -> AnomalyError | None:
    """The first node, from the loss on, whose rule makes something bad of a good cotangent."""
    pending = {node: _raw(g) for node, g in cotangents.items()}
    via: dict[Any, Node] = {}
    for node in sorted(nodes, key=lambda n: -n.index):
        g = pending.pop(node, None)
        if g is None:
            continue
        if any(limits.first_bad(part) for part in _parts(g)):
            return _in_rule(limits, records, node, g, g, 0, via, arrived=True)
        parents = {p for p in node.parents if p is not None and (wanted is None or p in wanted or p in sources)}
        for parent, gx in pullback({node: g}, parents, parents).items():
            if any(limits.first_bad(part) for part in _parts(gx)):
                position = next(k for k, p in enumerate(node.parents) if p is parent)
                return _in_rule(limits, records, node, g, gx, position, via)
            via.setdefault(parent, node)
            pending[parent] = pending[parent] + gx if parent in pending else gx
    return None


def _in_rule(
    limits: Limits,
    records: dict[int, Record],
    node: Node,
    g: Any,
    gx: Any,
    position: int,
    via: dict[Any, Node],
    *,
    arrived: bool = False,
) -> AnomalyError:
    bad = next(part for part in _parts(gx) if limits.first_bad(part))
    found = limits.first_bad(bad)
    assert found is not None
    kind, entry = found
    record = records.get(node.index, UNKNOWN)
    place = placed(record[0])
    shape = np.shape(bad)
    way = _way(records, node, via)
    operands = _operands(node, record, shape, entry)
    name = operands[position].name if position < len(operands) else ""
    inherited = ""
    hint = ""
    if arrived:
        inherited = "it is the sum of what came from several operations, or the gradient that backward was given"
    else:
        before = np.asarray(g) if not isinstance(g, (tuple, Cotangents)) else None
        aligned = before is not None and before.shape == shape
        y = node.value if node.value is not None and np.shape(node.value) == shape else None
        choice = next((f"{p}" for n, p in way[1:] if n == "where" and p is not None and p.direct), "")
        hint = backward_hint(
            node.operation.name,
            None if y is None else np.asarray(y)[entry],
            operands,
            before[entry] if aligned and before is not None else None,
            choice,
        )
    number = np.asarray(bad)[entry]
    finding = Finding(
        kind, "backward", node.operation.name, place, entry, number, operands, inherited, way, hint, culprit=name
    )
    return AnomalyError(finding)


def _way(records: dict[int, Record], node: Node, via: dict[Any, Node]) -> list[tuple[str, Place | None]]:
    """From a node to the loss."""
    way = []
    at: Any = node
    while at is not None:
        way.append((at.operation.name, placed(records.get(at.index, UNKNOWN)[0])))
        at = via.get(at)
    return way


def _operands(node: Node, record: Record, shape: Any, entry: Entry | None) -> list[Operand]:
    """The operands of a recorded operation; by the entry where it works entry by entry."""
    saved = list(node.arguments or ())
    others = {k: v() if isinstance(v, ref) else v for k, v in record[2]}
    known = [others.get(k) for k in range(len(saved))]
    place = placed(record[0])
    texts = place.operands(len(saved)) if place is not None else [""] * len(saved)
    found = []
    for argument, value, parent, text in zip(saved, known, node.parents, texts, strict=True):
        if argument is not None:
            name = parent.name if isinstance(parent, Leaf) and parent.name else text
            shown = argument if value is None else value
            found.append(operand(name, shown, shape if node.operation.kind == "elementwise" else None, entry))
    return found


def in_tangents(
    limits: Limits, records: dict[int, Record], node: Node, tangents: dict[Any, Any]
) -> AnomalyError | None:
    """What is bad in a node's tangent, if anything is."""
    for part in _parts(_raw(tangents[node])):
        found = limits.first_bad(part)
        if found is not None:
            kind, entry = found
            record = records.get(node.index, UNKNOWN)
            place = placed(record[0])
            operands = _operands(node, record, np.shape(part), entry)
            given = [_raw(tangents[p]) for p in node.parents if p is not None and p in tangents]
            inherited = "the tangents that came in have it" if any(limits.has(kind, t) for t in given) else ""
            y = node.value if node.value is not None and np.shape(node.value) == np.shape(part) else None
            at = None if y is None else np.asarray(y)[entry]
            hint = "" if inherited else backward_hint(node.operation.name, at, operands, None, "")
            number = np.asarray(part)[entry]
            return AnomalyError(
                Finding(kind, "tangent", node.operation.name, place, entry, number, operands, inherited, (), hint)
            )
    return None


def _raw(g: Any) -> Any:
    return g._value if isinstance(g, Tensor) else g


def _parts(g: Any) -> list[Any]:
    """The arrays of a cotangent: one, or those of several outputs."""
    if isinstance(g, Cotangents):
        return [_raw(part) for part in g.parts if part is not None]
    return [_raw(part) for part in g] if isinstance(g, tuple) else [_raw(g)]
