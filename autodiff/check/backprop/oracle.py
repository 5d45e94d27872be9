"""The truth: gradients of the user's own loss, by reverse mode and by differences, which don't share a fault.

Reverse mode also gives the true gradient by every value of the forward pass. Where their loss leaves the graph, or
the two disagree, differences alone are believed, which need no graph.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...graph import NOT_KEPT, Node
from ...sweep import pullback
from ...tensor import Tensor
from .follow import following, through
from .program import Params, Program, copied, is_real, quiet
from .sites import Site
from .sources import Unit, installed, is_theirs
from .watching import hooks, watched

AGREEMENT = 1e-5
"""Of the two oracles, relative to the gradient's length."""
STEP = 1e-5
ENTRIES = 3000
"""More than so many entries are not differenced one by one."""


@dataclass
class Value:
    """A value of the forward pass.

    Attributes
    ----------
    site : Site
        Where it was born.
    name : str
        What it is called there.
    instance : int
        The how many'th value of this name and site it is.
    value, gradient : array
        The value, and the derivative of the loss by it.
    node
        In the graph.
    """

    site: Site
    name: str
    instance: int
    value: Any
    node: Any
    gradient: Any = None

    @property
    def unnamed(self) -> bool:
        """Whether it is a result inside an expression."""
        return self.site.statement is self.site.unit.node

    @property
    def words(self) -> str:
        """What to call it."""
        return self.name or f"{self.site.unit.name}(...)"

    @property
    def key(self) -> tuple[int, str, int]:
        """The same at another point."""
        return (self.site.number, self.name, self.instance)


@dataclass
class Point:
    """Parameters, and what is true there.

    Attributes
    ----------
    params : dict
    loss : float
    gradients : dict of array
    values : list of Value
        Of the forward pass; empty where differences are the truth.
    """

    params: Params
    loss: float
    gradients: dict[str, Any]
    values: list[Value] = field(default_factory=list)
    largest: float = 0.0

    def __post_init__(self) -> None:
        self.largest = max((float(np.abs(g).max(initial=0.0)) for g in self.gradients.values()), default=0.0)


class LeavesGraphError(Exception):
    """The loss can't be followed: what happened, and the user's line where it did."""

    def __init__(self, message: str, filename: str = "", lineno: int = 0) -> None:
        super().__init__(message)
        self.filename = filename
        self.lineno = lineno


class Log:
    """What passes the hooks, in order."""

    def __init__(self, sites: list[Site]) -> None:
        self.sites = sites
        self.entries: list[tuple[Site, str, Any]] = []

    def value(self, number: int, value: Any, key: Any = None) -> Any:
        """Write down a value, under its key where that is a name."""
        site = self.sites[number]
        self._add(site, key if isinstance(key, str) else site.variable, value)
        return value

    def after(self, number: int, value: Any) -> None:
        """Write down what a statement left behind."""
        self._add(self.sites[number], self.sites[number].variable, value)

    def _add(self, site: Site, name: str, value: Any) -> None:
        if isinstance(value, (tuple, list)):
            names = name.split(",") if name.count(",") == len(value) - 1 else [name] * len(value)
            for part, element in zip(names, value, strict=True):
                if not isinstance(element, (tuple, list, dict)):
                    self._add(site, part, element)
        elif isinstance(value, Tensor):
            self.entries.append((site, name, value))
        elif isinstance(value, (np.ndarray, np.floating, float)):
            self.entries.append((site, name, np.array(value)))


def reverse(program: Program, sites: list[Site], params: Params, follow: bool = False) -> Point:
    """The truth by reverse mode; `LeavesGraphError` where their loss can't be followed."""
    codes = {unit: watched(unit, sites, following if follow else Unit.compiled) for unit in program.units}
    leaves = {
        name: Tensor(value, requires_grad=name in program.checked, name=str(name)) if is_real(value) else value
        for name, value in copied(params).items()
    }
    log = Log(sites)
    program.state.restore()
    try:
        with installed(codes), hooks(log.value, log.after), through(), quiet():
            loss = program.loss(dict(leaves))
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if is_theirs(f.filename)]
        place = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        raise LeavesGraphError(str(error), *place) from error
    finally:
        program.state.restore()
    if not isinstance(loss, Tensor) or not isinstance(loss._node, Node) or loss.size != 1:
        raise LeavesGraphError(
            "the loss that comes back isn't connected with the parameters: .item(), .tolist() or the like cut it off"
        )
    values = _values(log)
    for value in values:
        if value.node.grad is NOT_KEPT:
            value.node.grad = None
    arrived = pullback({loss._node: np.ones(loss.shape)})
    for value in values:
        value.gradient = arrived.get(value.node)
    gradients = {}
    for name in program.checked:
        gradient = arrived.get(leaves[name]._node)  # type: ignore[arg-type]
        gradients[name] = np.zeros(np.shape(params[name])) if gradient is None else np.asarray(gradient)
    return Point(params, float(loss.item()), gradients, [v for v in values if v.gradient is not None])


def _values(log: Log) -> list[Value]:
    counts: dict[tuple[int, str], int] = {}
    values = []
    for site, name, value in log.entries:
        if isinstance(value, Tensor) and isinstance(value._node, Node):
            count = counts[site.number, name] = counts.get((site.number, name), -1) + 1
            values.append(Value(site, name, count, np.asarray(value._value), value._node))
    return values


def agrees(program: Program, point: Point, generator: np.random.Generator) -> bool:
    """Whether differences of the loss along a random direction confirm the gradients."""
    direction = {n: generator.normal(size=np.shape(point.params[n])) for n in program.checked}
    expected = sum(float(np.vdot(point.gradients[n], d)) for n, d in direction.items())
    length = np.sqrt(sum(float(np.vdot(point.gradients[n], point.gradients[n])) for n in direction))
    for h in (STEP, STEP / 10):
        plus, minus = (program.loss_at(_moved(point.params, direction, sign * h)) for sign in (1, -1))
        noise = 4 * program.epsilon * max(abs(plus), abs(minus)) / h
        if abs((plus - minus) / (2 * h) - expected) <= AGREEMENT * length + 4 * noise:
            return True
    return False


def _moved(params: Params, direction: dict[str, Any], h: float) -> Params:
    return {name: value + h * direction[name] if name in direction else value for name, value in params.items()}


def differences(program: Program, params: Params) -> Point:
    """The truth by central differences, extrapolated once, an entry at a time."""
    count = sum(np.size(params[name]) for name in program.checked)
    if count > ENTRIES:
        raise LeavesGraphError(f"{count} entries are too many for differences")
    gradients = {}
    for name in program.checked:
        value = np.asarray(params[name])
        gradient = np.empty(value.shape)
        for entry in np.ndindex(value.shape):
            gradient[entry] = _slope(program, params, name, entry)
        gradients[name] = gradient
    return Point(params, program.loss_at(params), gradients)


def _slope(program: Program, params: Params, name: str, entry: tuple[int, ...]) -> float:
    """One derivative; with smaller steps where the quotients of two differ, as across a kink nearby."""
    found = []
    for step in (20 * STEP, STEP, STEP / 20):
        h = step * max(1.0, abs(float(np.asarray(params[name])[entry])))
        wide, near = (_quotient(program, params, name, entry, width) for width in (2 * h, h))
        found.append((abs(near - wide), (4 * near - wide) / 3))
        if found[-1][0] <= AGREEMENT / 10 * max(1.0, abs(near)):
            break
    return min(found)[1]


def _quotient(program: Program, params: Params, name: str, entry: tuple[int, ...], h: float) -> float:
    direction = np.zeros(np.shape(params[name]))
    direction[entry] = 1.0
    plus, minus = (program.loss_at(_moved(params, {name: direction}, sign * h)) for sign in (1, -1))
    return (plus - minus) / (2 * h)


@dataclass
class Slopes:
    """The element-wise derivative of one value of the forward pass by another: an activation's.

    Attributes
    ----------
    inner, outer : Value
    slope : array
    """

    inner: Value
    outer: Value
    slope: Any


def slopes(point: Point) -> list[Slopes]:
    """The activations' derivatives in the forward pass: of each element-wise result by what it starts from."""
    generator = np.random.default_rng(0)
    found: list[Slopes] = []
    by_node: dict[Any, Value] = {}
    for value in point.values:
        known = by_node.get(value.node)
        if known is None or (known.unnamed and not value.unnamed):
            by_node[value.node] = value
    used = {id(p) for v in by_node.values() for p in v.node.parents if _kind(v.node) != "elementwise"}
    named: list[Value] = []
    for outer in list(by_node.values())[:400]:
        if not outer.unnamed:
            named.append(outer)
        if (
            outer.value.size == 0
            or _kind(outer.node) != "elementwise"
            or (outer.unnamed and id(outer.node) not in used)
        ):
            continue
        starts = [by_node.get(node) or Value(outer.site, "", 0, outer.value, node) for node in _starts(outer.node)]
        near = [v for v in named[-5:-1] if v.value.shape == outer.value.shape]
        inners = {id(v.node): v for v in [*starts, *near] if v.node.index < outer.node.index}
        found.extend(_elementwise(outer, list(inners.values()), *generator.uniform(0.5, 1.5, (2, *outer.value.shape))))
    return found


def _elementwise(outer: Value, inners: list[Value], r: Any, s: Any) -> list[Slopes]:
    """The derivatives of `outer` that are element-wise: what `r` gives back foretells what `s` gives."""
    by_r = _pulled(outer, inners, r)
    if not by_r:
        return []
    by_s = _pulled(outer, inners, s)
    found = [Slopes(inner, outer, by_r[inner.node] / r) for inner in inners if inner.node in by_r]
    return [f for f in found if np.allclose(by_s[f.inner.node], f.slope * s, rtol=1e-9, atol=1e-12)]


def _kind(node: Any) -> str:
    return node.operation.kind if isinstance(node, Node) else "leaf"


def _starts(node: Any) -> list[Any]:
    """The nodes of the same shape that a chain of element-wise operations starts from."""
    found: list[Any] = []
    seen, pending = {id(node)}, [node]
    while pending:
        for parent in pending.pop().parents:
            if parent is None or id(parent) in seen or parent.shape != node.shape:
                continue
            seen.add(id(parent))
            (pending if _kind(parent) == "elementwise" else found).append(parent)
    return found[:3]


def _pulled(outer: Value, inners: list[Value], g: Any) -> dict[Any, Any]:
    """The cotangents that arrive at these values, of the same shape, for `g` at `outer`."""
    nodes = {inner.node for inner in inners}
    if not nodes:
        return {}
    oldest = min(node.index for node in nodes)
    for node in nodes:
        if isinstance(node, Node) and node.grad is NOT_KEPT:
            node.grad = None  # so that what arrives there is told
    between, pending = {outer.node}, [outer.node]
    while pending:
        for parent in pending.pop().parents:
            if parent is not None and parent not in between and parent.index >= oldest:
                between.add(parent)
                if isinstance(parent, Node):
                    pending.append(parent)
    arrived = pullback({outer.node: np.asarray(g)}, wanted=between)
    return {node: arrived[node] for node in nodes if node in arrived and arrived[node].shape == outer.value.shape}
