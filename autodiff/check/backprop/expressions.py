"""Changes of one expression: its operators, calls, constants, and its value as a whole."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from .pool import NEAREST, POOL
from .scope import Scope
from .sites import Slot

Add = Callable[..., None]
"""Called with an edit's cost, kind, cause and changes."""


def text(node: Any) -> str:
    """An expression as one writes it."""
    return ast.unparse(node)


def parsed(source: str) -> Any:
    """An expression from its text."""
    return ast.parse(source, mode="eval").body


def call(function: str, *arguments: Any, **keywords: Any) -> Any:
    """A call of a function, as an expression."""
    return ast.Call(parsed(function), list(arguments), [ast.keyword(k, ast.Constant(v)) for k, v in keywords.items()])


def method(node: Any, name: str, **keywords: Any) -> Any:
    """A call of a method without arguments but by name, as an expression."""
    return ast.Call(
        ast.Attribute(node, name, ast.Load()), [], [ast.keyword(k, ast.Constant(v)) for k, v in keywords.items()]
    )


def transposed(node: Any) -> Any:
    """The transpose of an expression."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def is_reference(node: Any) -> bool:
    """A variable, an attribute of one, or an element of one: something that stands for a value."""
    if isinstance(node, ast.Subscript):
        return is_reference(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr not in ("T", "shape", "size", "ndim") and is_reference(node.value)
    return isinstance(node, ast.Name)


_ELEMENTWISE = "an element-wise product in place of a matrix product"
_WRAPPED = (
    ("1 / (1 + np.exp(-{}))", "the sigmoid"),
    ("np.tanh({})", "the tanh"),
    ("np.exp({})", "the exponential"),
    ("1 - {}", "1 minus"),
)


def binary(slot: Slot, node: Any, add: Add) -> None:
    """Other operators, factors and terms that are too much."""
    left, right, op = node.left, node.right, node.op
    if isinstance(op, (ast.Mult, ast.Div)):
        add(1.3, "factor", f"the factor `{operator(op)}{text(right)}` is too much", (slot, left))
        if isinstance(op, ast.Mult):
            add(1.3, "factor", f"the factor `{text(left)}` is too much", (slot, right))
            for a in (left, transposed(left)):
                for b in (right, transposed(right)):
                    add(1.35, "product", _ELEMENTWISE, (slot, ast.BinOp(a, ast.MatMult(), b)))
            cause = f"multiplied by `{text(right)}` in place of divided"
            add(1.5, "factor", cause, (slot, ast.BinOp(left, ast.Div(), right)))
        else:
            cause = f"divided by `{text(right)}` in place of multiplied"
            add(1.5, "factor", cause, (slot, ast.BinOp(left, ast.Mult(), right)))
    elif isinstance(op, (ast.Add, ast.Sub)):
        add(1.3, "term", f"the term `{text(right)}` is too much", (slot, left))
        add(1.3, "term", f"the term `{text(left)}` is too much", (slot, right))
        other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
        add(1.15, "sign", f"`{operator(op)}` in place of `{operator(other)}`", (slot, ast.BinOp(left, other, right)))
        if isinstance(op, ast.Sub):
            add(1.1, "sign", "the sign is flipped", (slot, ast.BinOp(right, op, left)))
    elif isinstance(op, ast.Pow):
        add(1.3, "power", f"the power `{text(node)}` is too much", (slot, left))
    elif isinstance(op, ast.MatMult):
        _products(slot, left, right, add)


def operator(op: Any) -> str:
    """How an operator is written."""
    return {ast.Mult: "* ", ast.Div: "/ ", ast.Add: "+", ast.Sub: "-"}[type(op)]


def _products(slot: Slot, left: Any, right: Any, add: Add) -> None:
    own = text(slot.get())
    for first, second in ((left, right), (right, left)):
        for a in (first, transposed(first)):
            for b in (second, transposed(second)):
                product = ast.BinOp(a, ast.MatMult(), b)
                new = text(product)
                if new != own:
                    add(1.2, "transpose", f"`{own}` where `{new}` belongs", (slot, product))
    add(1.35, "product", "a matrix product in place of an element-wise one", (slot, ast.BinOp(left, ast.Mult(), right)))


def compare(slot: Slot, node: Any, add: Add) -> None:
    """Other comparisons."""
    if len(node.ops) != 1:
        return
    for op, sign in ((ast.Gt, ">"), (ast.GtE, ">="), (ast.Lt, "<"), (ast.LtE, "<=")):
        if not isinstance(node.ops[0], op):
            new = ast.Compare(node.left, [op()], node.comparators)
            other = f"{text(node.left)} {sign} {text(node.comparators[0])}"
            add(1.2, "comparison", f"`{text(node)}` where `{other}` belongs", (slot, new))


_OTHERS = {
    "sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh", "exp": "log", "log": "exp", "tanh": "cosh",
    "maximum": "minimum", "minimum": "maximum", "argmax": "argmin", "ones_like": "zeros_like",
}  # fmt: skip
_SUMS = ("sum", "mean", "max", "min", "average")


def called(slot: Slot, node: Any, add: Add) -> None:
    """Other reductions and products, another shape, one call less."""
    function = node.func
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    free = (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in ("np", "numpy")
    )
    data = node.args[0] if free and node.args else function.value if isinstance(function, ast.Attribute) else None
    if free and name in _OTHERS:
        other = ast.Call(parsed(f"np.{_OTHERS[name]}"), node.args, node.keywords)
        add(1.35, "call", f"`{name}` where `{_OTHERS[name]}` belongs", (slot, other))
    if free and name == "where" and len(node.args) == 3:
        condition, yes, no = node.args
        swapped = ast.Call(function, [condition, no, yes], [])
        add(1.05, "call", f"the two sides of `{text(node)}` are swapped", (slot, swapped))
    if name in _SUMS and data is not None:
        _reduction(slot, node, name, data, add)
    elif name in ("reshape", "ravel", "flatten", "squeeze") and data is not None:
        add(1.2, "transpose", f"`{name}` where the transpose belongs", (slot, transposed(data)))
        add(1.3, "transpose", f"`{name}` is too much", (slot, data))
        _permuted(slot, data, node.args[1:] if free else node.args, add)
    elif name in ("dot", "matmul", "multiply", "outer") and data is not None:
        pair: Any = [*node.args[:2]] if free else [data, *node.args[:1]]
        if len(pair) == 2:
            left, right = pair
            if name == "multiply":
                binary(slot, ast.BinOp(left, ast.Mult(), right), add)
            else:
                _products(slot, left, right, add)
    elif name in ("zeros", "zeros_like", "ones_like", "ones"):
        return
    elif name == "transpose" and data is not None:
        add(1.2, "transpose", f"`{text(node)}` is transposed once too often", (slot, data))
    if len(node.args) == 1 and name not in ("range", "len", "str", "reversed", "int"):
        add(1.4, "call", f"`{name}` is applied once too often", (slot, node.args[0]))


def _permuted(slot: Slot, data: Any, sizes: list[Any], add: Add) -> None:
    """A reshape that undoes one after a transpose: first the sizes in another order, then the axes."""
    if len(sizes) == 1 and isinstance(sizes[0], ast.Tuple):
        sizes = sizes[0].elts
    if not 3 <= len(sizes) <= 4:
        return
    for order in itertools.permutations(range(len(sizes))):
        if list(order) != sorted(order):
            new = ast.Call(ast.Attribute(data, "reshape", ast.Load()), [sizes[k] for k in order], [])
            axes: list[ast.expr] = [ast.Constant(order.index(k)) for k in range(len(order))]
            new = ast.Call(ast.Attribute(new, "transpose", ast.Load()), axes, [])
            add(1.4, "transpose", f"`{text(slot.get())}` where `{text(new)}` belongs", (slot, new))


def _reduction(slot: Slot, node: Any, name: str, data: Any, add: Add) -> None:
    now = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    variants = [
        (m, a, k) for m in dict.fromkeys((name, "sum", "mean")) for a in (0, 1, None, -1) for k in (False, True)
    ]
    for other, axis, keepdims in variants:
        cost = 1.2 + 0.05 * (other != name) + 0.05 * (bool(now.get("keepdims")) != keepdims) + 0.01 * (axis is None)
        cause = (
            f"`{name}` in place of `{other}`"
            if other != name
            else f"`{text(node)}` sums over the wrong axis; axis={axis} belongs there"
        )
        add(cost, "sum", cause, (slot, method(data, other, axis=axis, keepdims=keepdims)))
    if isinstance(data, ast.BinOp) and isinstance(data.op, ast.Mult):
        for a in (data.left, transposed(data.left)):
            for b in (data.right, transposed(data.right)):
                for left, right in ((a, b), (b, a)):
                    product = ast.BinOp(left, ast.MatMult(), right)
                    add(1.3, "product", _ELEMENTWISE, (slot, product))


def constant(slot: Slot, node: Any, add: Add) -> None:
    """Other numbers."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    if value in (0, 1) and isinstance(slot.parent, ast.Subscript) and getattr(slot.parent.value, "attr", "") == "shape":
        add(1.1, "constant", f"`{text(slot.parent)}` counts the wrong axis", (slot, ast.Constant(1 - value)))
    others: list[float] = [value - 1, value + 1] if isinstance(value, int) else []
    others += [2 * value, value / 2, -value]
    for other in dict.fromkeys(others):
        if other != value:
            add(1.3, "constant", f"`{value}` stands where `{other:g}` belongs", (slot, ast.Constant(other)))


def shaped(slot: Slot, node: Any, scope: Scope, add: Add) -> None:
    """Changes of a value as a whole: transposed, squared, a function of it, the derivative of an activation."""
    if isinstance(node, (ast.Constant, ast.Lambda, ast.JoinedStr, ast.Slice, ast.Compare)):
        return
    value = scope.value_of(node)
    if not isinstance(value, (np.ndarray, np.floating, float)) or isinstance(value, bool):
        return
    own = text(node)
    ndim = np.ndim(value)
    if (
        ndim == 2
        and getattr(slot.parent, "attr", "") not in ("shape", "size")
        and not (isinstance(node, ast.Attribute) and node.attr == "T")
    ):
        add(1.2, "transpose", f"`{own}` is not transposed", (slot, transposed(node)))
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Slice, ast.Tuple)):
        _slices(slot, node, add)
    minus = isinstance(node, ast.UnaryOp) or isinstance(getattr(slot.parent, "op", None), (ast.Add, ast.Sub, ast.USub))
    if not minus:
        add(1.42, "sign", f"the sign of `{own}` is flipped", (slot, ast.UnaryOp(ast.USub(), node)))
    if isinstance(node, ast.Call):
        add(1.45, "call", f"`{own}` where 1 minus of it belongs", (slot, ast.BinOp(ast.Constant(1), ast.Sub(), node)))
    if is_reference(node):
        for source, name in _WRAPPED:
            add(1.45, "call", f"`{own}` where {name} of it belongs", (slot, parsed(source.format(f"({own})"))))
        if ndim:
            add(1.4, "order", f"`{own}` where `{own}[::-1]` belongs", (slot, parsed(f"({own})[::-1]")))
        add(1.3, "power", f"`{own}` where `{own}**2` belongs", (slot, ast.BinOp(node, ast.Pow(), ast.Constant(2))))
        for axis in range(ndim if ndim == 2 else 0):
            _without_edge(slot, own, axis, add)
        for function in scope.functions:
            add(1.4, "call", f"`{own}` where `{function}({own})` belongs", (slot, call(function, node)))
    for index, name in scope.slopes_like(value):
        product = ast.BinOp(node, ast.Mult(), taken(index))
        add(1.5, "left out", f"the factor {name} is left out", (slot, product))
        add(1.9, "derivative", f"`{own}` where {name} belongs", (slot, taken(index)))
    if is_reference(node) and scope.is_updated(value):
        like = ast.Call(ast.Name(NEAREST, ast.Load()), [ast.Constant("parameter"), node], [])
        add(1.85, "updated", f"`{own}` is no longer what the forward pass used", (slot, like))
    for index, name in scope.parameters_like(value):
        add(1.9, "value", f"`{own}` is no longer the {name} of the forward pass", (slot, taken(index)))
    for index, name in scope.values_like(value):
        add(2.2, "value", f"`{own}` where {name} belongs", (slot, taken(index)))


def _without_edge(slot: Slot, own: str, axis: int, add: Add) -> None:
    """A matrix with zeros in its first or last row or column: that of the bias."""
    line = ("row", "column")[axis]
    numbers = f"np.arange({own}.shape[{axis}])" + ("[:, None]" if axis == 0 else "")
    for which, test in (("first", "> 0"), ("last", f"< {own}.shape[{axis}] - 1")):
        cause = f"the {which} {line} of `{own}` doesn't belong there"
        add(1.42, "slice", cause, (slot, parsed(f"({own} * ({numbers} {test}))")))


def taken(index: int) -> Any:
    """A value from the pool, as an expression."""
    return ast.Call(ast.Name(POOL, ast.Load()), [ast.Constant(index)], [])


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
