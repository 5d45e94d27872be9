"""Changes of one line that would put a usual error right.

Each `Edit` is a change of the syntax tree with its cause in words. Nothing here knows whether an edit helps: the
search runs the changed program and compares numbers.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from .scope import Scope
from .sites import Slot, _Item, _placed

POOL = "__autodiff_pool__"


@dataclass
class Edit:
    """A change of the tree.

    Attributes
    ----------
    cost : float
        The lower, the more usual the error.
    kind : str
    cause : str
        What was wrong, in words.
    changes : list of (Slot, expression)
    scale : float or None
        The constant that it multiplies the line's value with, if that is all that it does.
    """

    cost: float
    kind: str
    cause: str
    changes: list[tuple[Any, Any]]
    scale: float | None = None

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The tree is changed inside the block."""
        before = [slot.get() for slot, _ in self.changes]
        try:
            for slot, node in self.changes:
                slot.set(node)
            yield
        finally:
            for (slot, _), node in zip(reversed(self.changes), reversed(before), strict=True):
                slot.set(node)


def slots_of(statement: Any) -> list[Slot]:
    """Every place of an expression in a statement, outer ones first; not those of the statements inside it."""
    found: list[Slot] = []

    def visit(node: Any) -> None:
        for field, value in ast.iter_fields(node):
            if field in ("body", "orelse", "finalbody", "handlers") and isinstance(value, list):
                continue
            if isinstance(value, list):
                for k, item in enumerate(value):
                    if isinstance(item, ast.expr):
                        found.append(_Item(value, k))
                    if isinstance(item, ast.AST):
                        visit(item)
            elif isinstance(value, ast.expr):
                found.append(Slot(node, field))
                visit(value)
            elif isinstance(value, ast.AST):
                visit(value)

    visit(statement)
    return [slot for slot in found if not isinstance(getattr(slot.get(), "ctx", None), (ast.Store, ast.Del))]


def text(node: Any) -> str:
    """An expression as one writes it."""
    return ast.unparse(node)


def parsed(source: str) -> Any:
    """An expression from its text."""
    return ast.parse(source, mode="eval").body


def _call(function: str, *arguments: Any, **keywords: Any) -> Any:
    return ast.Call(parsed(function), list(arguments), [ast.keyword(k, ast.Constant(v)) for k, v in keywords.items()])


def _method(node: Any, name: str, **keywords: Any) -> Any:
    return ast.Call(
        ast.Attribute(node, name, ast.Load()), [], [ast.keyword(k, ast.Constant(v)) for k, v in keywords.items()]
    )


def _transposed(node: Any) -> Any:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def edits_of(
    statement: Any, body: Any, scope: Scope, root: Slot, counts: dict[str, int], variable: str
) -> list[Edit]:
    """The edits of a line, the usual errors first.

    Parameters
    ----------
    statement : syntax tree or None
        All of it may change; where it is None, the expression `root` alone.
    body : list or None
        The statements among which it stands.
    scope : Scope
    root : Slot
        The line's value.
    counts : dict
        How often each variable of the function is read in it.
    variable : str
        What the value is called.
    """
    found: list[Edit] = []
    handed = _is_reference(root.get()) and not isinstance(root.parent, (ast.Assign, ast.AugAssign))

    def add(cost: float, kind: str, cause: str, *changes: tuple[Slot, Any]) -> None:
        old = changes[0][0].get()
        if kind == "value" and isinstance(old, ast.Name) and counts.get(old.id, 9) <= len(changes):
            cost += 0.8  # it would be computed for nothing
        elif kind == "value" and old is root.get() and getattr(old, "id", "") == variable:
            cost += 0.8  # what goes by its own name is seldom another's
        elif kind != "value" and kind != "unexplained" and handed and old is root.get():
            cost += 0.4  # what only hands a value on can be wrong in which value it is
        found.append(Edit(cost, kind, cause, [(slot, _placed(node, slot.get())) for slot, node in changes]))

    slots = slots_of(statement) if statement is not None else [root, *slots_of(root.get())]
    stored = {id(part) for target in _targets(statement) for part in _base(target)}
    names = [slot for slot in slots if _is_reference(slot.get()) and id(slot.get()) not in stored]
    _references(names, scope, add)
    for slot in slots:
        node = slot.get()
        if isinstance(node, ast.BinOp):
            _binary(slot, node, add)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            add(1.1, "sign", "the sign is flipped", (slot, node.operand))
        elif isinstance(node, ast.Compare):
            _compare(slot, node, add)
        elif isinstance(node, ast.Call):
            _calls(slot, node, add)
        elif isinstance(node, ast.Constant):
            _constant(slot, node, add)
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            add(1.2, "transpose", f"`{text(node)}` is transposed once too often", (slot, node.value))
        _shaped(slot, node, scope, add)
    _root(root, root.get(), scope, add)
    if body is not None:
        _statements(_Item(body, next(k for k, s in enumerate(body) if s is statement)), statement, scope, add)
    return sorted(found, key=lambda edit: edit.cost)


Add = Callable[..., None]


def _statements(slot: Slot, statement: Any, scope: Scope, add: Add) -> None:
    """Changes of a statement as a whole."""
    if isinstance(statement, ast.AugAssign):
        target, value, op = statement.target, statement.value, statement.op
        add(1.3, "accumulation", f"`{text(statement)}` adds to what is there already", (slot, ast.Assign([target], value)))
        add(1.25, "accumulation", f"`{text(statement)}` changes an array that is used elsewhere, too", (slot, ast.Assign([target], ast.BinOp(_loaded(target), op, value))))  # fmt: skip
        if isinstance(op, (ast.Add, ast.Sub)):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            add(1.15, "sign", f"`{_operator(op)}=` in place of `{_operator(other)}=`", (slot, ast.AugAssign(target, other, value)))  # fmt: skip
        if isinstance(op, ast.Add) and isinstance(target, ast.Subscript):
            at = ast.Expr(_call("np.add.at", target.value, target.slice, value))
            add(1.3, "accumulation", f"`{text(target)} +=` adds once where an index comes twice; np.add.at adds each time", (slot, at))  # fmt: skip
        cost = 1.28 if isinstance(op, (ast.Div, ast.Mult)) else 1.35
        if scope.is_parameter(scope.value_of(_loaded(target))):
            cost = 2.5  # an update: what is wrong is to use the parameter after it
        add(cost, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            total = ast.BinOp(_loaded(target), ast.Add(), statement.value)
            add(1.3, "accumulation", f"`{text(target)}` is overwritten where it has to be added to", (slot, ast.Assign([target], total)))  # fmt: skip
        if isinstance(target, ast.Subscript):
            add(1.4, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    if isinstance(statement, ast.Expr):
        add(1.4, "term", f"`{text(statement)}` doesn't belong there", (slot, ast.Pass()))
    target = statement.target if isinstance(statement, ast.AugAssign) else None
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Subscript):
        target = statement.targets[0]
    if target is not None:
        base = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(base, (ast.Name, ast.Attribute)) and not isinstance(scope.value_of(_loaded(base)), dict):
            stored = copy.deepcopy(base)
            stored.ctx = ast.Store()
            for factor, name in scope.factors():
                more = ast.AugAssign(stored, ast.Mult(), ast.Constant(factor))
                add(1.65, "factor", name, (slot, ast.If(ast.Constant(True), [statement, more], [])))


def _loaded(target: Any) -> Any:
    return parsed(text(target))


def _is_reference(node: Any) -> bool:
    """A variable, an attribute of one, or an element of one: something that stands for a value."""
    if isinstance(node, ast.Subscript):
        return _is_reference(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr not in ("T", "shape", "size", "ndim") and _is_reference(node.value)
    return isinstance(node, ast.Name)


def _references(names: list[Slot], scope: Scope, add: Add) -> None:
    """Another value used than the chain rule needs."""
    texts = [text(slot.get()) for slot in names]
    for place, own in enumerate(texts):
        slot = names[place]
        if own not in scope:
            continue
        same = [other for other, name in zip(names, texts, strict=True) if name == own]
        for other in scope.instead_of(own):
            cause = f"`{own}` is used where `{other}` belongs"
            add(1.0, "value", cause, (slot, parsed(other)))
            if len(same) > 1 and same[0] is slot:
                add(1.05, "value", cause, *[(s, parsed(other)) for s in same])
            if len(same) > 2:
                for left in same:
                    rest = [s for s in same if s is not left]
                    if same[0] is slot:
                        add(1.4, "value", cause, *[(s, parsed(other)) for s in rest])


def _binary(slot: Slot, node: Any, add: Add) -> None:
    left, right, op = node.left, node.right, node.op
    if isinstance(op, (ast.Mult, ast.Div)):
        add(1.3, "factor", f"the factor `{_operator(op)}{text(right)}` is too much", (slot, left))
        if isinstance(op, ast.Mult):
            add(1.3, "factor", f"the factor `{text(left)}` is too much", (slot, right))
            for a in (left, _transposed(left)):
                for b in (right, _transposed(right)):
                    add(1.35, "product", "an element-wise product in place of a matrix product", (slot, ast.BinOp(a, ast.MatMult(), b)))  # fmt: skip
            add(1.5, "factor", f"multiplied by `{text(right)}` in place of divided", (slot, ast.BinOp(left, ast.Div(), right)))  # fmt: skip
        else:
            add(1.5, "factor", f"divided by `{text(right)}` in place of multiplied", (slot, ast.BinOp(left, ast.Mult(), right)))  # fmt: skip
    elif isinstance(op, (ast.Add, ast.Sub)):
        add(1.3, "term", f"the term `{text(right)}` is too much", (slot, left))
        add(1.3, "term", f"the term `{text(left)}` is too much", (slot, right))
        other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
        add(1.15, "sign", f"`{_operator(op)}` in place of `{_operator(other)}`", (slot, ast.BinOp(left, other, right)))
        if isinstance(op, ast.Sub):
            add(1.1, "sign", "the sign is flipped", (slot, ast.BinOp(right, op, left)))
    elif isinstance(op, ast.Pow):
        add(1.3, "power", f"the power `{text(node)}` is too much", (slot, left))
    elif isinstance(op, ast.MatMult):
        _products(slot, left, right, add)


def _operator(op: Any) -> str:
    return {ast.Mult: "* ", ast.Div: "/ ", ast.Add: "+", ast.Sub: "-"}[type(op)]


def _products(slot: Slot, left: Any, right: Any, add: Add) -> None:
    own = text(slot.get())
    for first, second in ((left, right), (right, left)):
        for a in (first, _transposed(first)):
            for b in (second, _transposed(second)):
                product = ast.BinOp(a, ast.MatMult(), b)
                new = text(product)
                if new != own:
                    add(1.2, "transpose", f"`{own}` where `{new}` belongs", (slot, product))
    add(1.35, "product", f"a matrix product in place of an element-wise one", (slot, ast.BinOp(left, ast.Mult(), right)))


def _compare(slot: Slot, node: Any, add: Add) -> None:
    if len(node.ops) != 1:
        return
    for op, sign in ((ast.Gt, ">"), (ast.GtE, ">="), (ast.Lt, "<"), (ast.LtE, "<=")):
        if not isinstance(node.ops[0], op):
            new = ast.Compare(node.left, [op()], node.comparators)
            add(1.2, "comparison", f"`{text(node)}` where `{text(node.left)} {sign} {text(node.comparators[0])}` belongs", (slot, new))  # fmt: skip


_SUMS = ("sum", "mean", "max", "min", "average")


def _calls(slot: Slot, node: Any, add: Add) -> None:
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    free = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in ("np", "numpy")
    data = node.args[0] if free and node.args else called.value if isinstance(called, ast.Attribute) else None
    if name in _SUMS and data is not None:
        _reduction(slot, node, name, data, add)
    elif name in ("reshape", "ravel", "flatten", "squeeze") and data is not None:
        add(1.2, "transpose", f"`{name}` where the transpose belongs", (slot, _transposed(data)))
        add(1.3, "transpose", f"`{name}` is too much", (slot, data))
    elif name in ("dot", "matmul", "multiply", "outer") and data is not None:
        left, right = (node.args[:2] if free else (data, node.args[0])) if node.args else (None, None)
        if right is not None:
            if name == "multiply":
                _binary(slot, ast.BinOp(left, ast.Mult(), right), add)
            else:
                _products(slot, left, right, add)
    elif name in ("zeros", "zeros_like", "ones_like", "ones"):
        return
    elif name == "transpose" and data is not None:
        add(1.2, "transpose", f"`{text(node)}` is transposed once too often", (slot, data))
    if len(node.args) == 1 and name not in ("range", "len", "str", "reversed", "int"):
        add(1.4, "call", f"`{name}` is applied once too often", (slot, node.args[0]))


def _reduction(slot: Slot, node: Any, name: str, data: Any, add: Add) -> None:
    now = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    variants = [(m, a, k) for m in dict.fromkeys((name, "sum", "mean")) for a in (0, 1, None, -1) for k in (False, True)]
    for method, axis, keepdims in variants:
        cost = 1.2 + 0.05 * (method != name) + 0.05 * (bool(now.get("keepdims")) != keepdims) + 0.01 * (axis is None)
        cause = (
            f"`{name}` in place of `{method}`" if method != name
            else f"`{text(node)}` sums over the wrong axis; axis={axis} belongs there"
        )  # fmt: skip
        add(cost, "sum", cause, (slot, _method(data, method, axis=axis, keepdims=keepdims)))
    if isinstance(data, ast.BinOp) and isinstance(data.op, ast.Mult):
        for a in (data.left, _transposed(data.left)):
            for b in (data.right, _transposed(data.right)):
                for left, right in ((a, b), (b, a)):
                    product = ast.BinOp(left, ast.MatMult(), right)
                    add(1.3, "product", "an element-wise product in place of a matrix product", (slot, product))


def _constant(slot: Slot, node: Any, add: Add) -> None:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    if value in (0, 1) and isinstance(slot.parent, ast.Subscript) and getattr(slot.parent.value, "attr", "") == "shape":
        add(1.1, "constant", f"`{text(slot.parent)}` counts the wrong axis", (slot, ast.Constant(1 - value)))
    others = [value - 1, value + 1] if isinstance(value, int) else []
    others += [2 * value, value / 2, -value]
    for other in dict.fromkeys(others):
        if other != value:
            add(1.3, "constant", f"`{value}` stands where `{other:g}` belongs", (slot, ast.Constant(other)))


def _shaped(slot: Slot, node: Any, scope: Scope, add: Add) -> None:
    """Changes of a value as a whole: transposed, squared, a function of it, the derivative of an activation."""
    if isinstance(node, (ast.Constant, ast.Lambda, ast.JoinedStr, ast.Slice, ast.Compare)):
        return
    value = scope.value_of(node)
    if not isinstance(value, (np.ndarray, np.floating, float)) or isinstance(value, bool):
        return
    own = text(node)
    ndim = np.ndim(value)
    if ndim == 2 and getattr(slot.parent, "attr", "") not in ("shape", "size") and not (isinstance(node, ast.Attribute) and node.attr == "T"):
        add(1.2, "transpose", f"`{own}` is not transposed", (slot, _transposed(node)))
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Slice, ast.Tuple)):
        _slices(slot, node, add)
    if _is_reference(node):
        for source, name in _WRAPPED:
            add(1.45, "call", f"`{own}` where {name} of it belongs", (slot, parsed(source.format(f"({own})"))))
        if ndim:
            add(1.4, "order", f"`{own}` where `{own}[::-1]` belongs", (slot, parsed(f"({own})[::-1]")))
        add(1.3, "power", f"`{own}` where `{own}**2` belongs", (slot, ast.BinOp(node, ast.Pow(), ast.Constant(2))))
        for function in scope.functions:
            add(1.4, "call", f"`{own}` where `{function}({own})` belongs", (slot, _call(function, node)))
    for index, name in scope.slopes_like(value):
        new = ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])
        add(1.5, "left out", f"the factor {name} is left out", (slot, ast.BinOp(node, ast.Mult(), new)))
        add(1.9, "derivative", f"`{own}` where {name} belongs", (slot, copy.deepcopy(new)))
    for index, name in scope.parameters_like(value):
        new = ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])
        add(1.9, "value", f"`{own}` is no longer the {name} of the forward pass", (slot, new))
    for index, name in scope.values_like(value):
        new = ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])
        add(2.2, "value", f"`{own}` where {name} belongs", (slot, new))


_WRAPPED = (("1 / (1 + np.exp(-{}))", "the sigmoid"), ("np.tanh({})", "the tanh"), ("np.exp({})", "the exponential"), ("1 - {}", "1 minus"))  # fmt: skip


def _slices(slot: Slot, node: Any, add: Add) -> None:
    """Another part of an array: all but the first, all but the last, the whole, the other way round."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for k, part in enumerate(parts):
        if not isinstance(part, ast.Slice):
            continue
        for source in ("1:", ":-1", ":", "::-1"):
            other = [*parts[:k], parsed(f"x[{source}]").slice, *parts[k + 1 :]]
            index = ast.Tuple(other, ast.Load()) if isinstance(node.slice, ast.Tuple) else other[0]
            new = ast.Subscript(node.value, index, ast.Load())
            if text(new) != text(node):
                add(1.3, "slice", f"`{text(node)}` where `{text(new)}` belongs", (slot, new))
    add(1.35, "slice", f"`{text(node)}` where the whole of `{text(node.value)}` belongs", (slot, node.value))


def _root(slot: Slot, node: Any, scope: Scope, add: Add) -> None:
    """Changes of a line's result."""
    value = scope.value_of(node)
    if isinstance(node, (ast.Dict, ast.Tuple, ast.List)) or not isinstance(value, (np.ndarray, np.floating, float)):
        return
    own = text(node)
    if _is_reference(node) and not isinstance(slot.parent, (ast.Assign, ast.AugAssign, ast.Return)):
        _cotangents(slot, value, scope, 6.0, add)
        return  # what only hands a value on can be wrong in which value it is
    more = 0.3 if _is_reference(node) and isinstance(slot.parent, ast.Return) else 0.0
    _chain(slot, node, add)
    for other in scope.same_shape(value):
        if other != own:
            add(1.7 + more, "term", f"the term `{other}` is left out", (slot, ast.BinOp(node, ast.Add(), parsed(other))))
    for factor, other in scope.residuals(value):
        if other in own or other in (text(t) for t in _targets(slot.parent)):
            continue  # a multiple of itself is a factor
        term = ast.BinOp(ast.Constant(factor), ast.Mult(), parsed(other))
        add(1.6 + more, "term", f"the term {factor:.6g} * `{other}` is left out", (slot, ast.BinOp(node, ast.Add(), term)))
    for factor, name in scope.factors():
        cost = 1.35 if factor == -1 else 1.6
        add(cost + more, "factor", name, (slot, ast.BinOp(node, ast.Mult(), ast.Constant(factor))))
    for part in _terms(slot):
        if part is not slot:
            for factor, _ in scope.factors():
                new = ast.BinOp(part.get(), ast.Mult(), ast.Constant(factor))
                add(1.7, "factor", f"the term `{text(part.get())}` needs the factor {factor:g}", (part, new))
    if isinstance(value, np.ndarray):
        for axis in range(np.ndim(value)):
            for keepdims in (False, True):
                add(1.5, "sum", f"the sum over axis {axis} is missing", (slot, _method(node, "sum", axis=axis, keepdims=keepdims)))  # fmt: skip
        add(1.55, "sum", "the sum over all samples is missing", (slot, _method(node, "sum")))
    _cotangents(slot, value, scope, 5.0, add)


def _base(target: Any) -> list[Any]:
    """Of ``cache[key] = value`` the parts that say into what is stored."""
    found = []
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        target = target.value
        found.append(target)
    return found


def _targets(node: Any) -> list[Any]:
    return node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []


def _cotangents(slot: Slot, value: Any, scope: Scope, cost: float, add: Add) -> None:
    """The true gradient itself in a value's place: shows that the value is wrong, and not why."""
    for index, name in scope.cotangents_like(value):
        new = ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])
        add(cost, "unexplained", f"it is not the gradient by {name}", (slot, new))


def _chain(slot: Slot, node: Any, add: Add) -> None:
    """Two factors too much in a product: an activation's derivative written out."""
    factors: list[tuple[Any, bool]] = []

    def flatten(part: Any, divided: bool) -> None:
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult):
            flatten(part.left, divided)
            flatten(part.right, divided)
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div):
            flatten(part.left, divided)
            flatten(part.right, not divided)
        else:
            factors.append((part, divided))

    flatten(node, False)
    if not 3 <= len(factors) <= 6:
        return
    for i in range(len(factors)):
        for j in range(i):
            rest = [f for k, f in enumerate(factors) if k not in (i, j)]
            first = next((k for k, f in enumerate(rest) if not f[1]), None)
            if first is None:
                continue
            product = rest.pop(first)[0]
            for factor, divided in rest:
                product = ast.BinOp(product, ast.Div() if divided else ast.Mult(), factor)
            gone = f"`{text(factors[j][0])} * {text(factors[i][0])}`"
            add(1.35, "factor", f"the factors {gone} are too much", (slot, product))


def _terms(slot: Slot) -> list[Slot]:
    """The terms of a sum, or the sum itself."""
    node = slot.get()
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        return [*_terms(Slot(node, "left")), *_terms(Slot(node, "right"))]
    return [slot]
