"""Following a loss where plain NumPy would leave the graph: ``x.dot(w)``, buffers of zeros, ``float(t)``.

Their forward pass is run with its calls and its writes going through here. Nothing else changes: the values are those
of their own code, which the differences of their own loss confirm.
"""

from __future__ import annotations

import ast
import builtins
import copy
import math
import operator
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ...op import TENSORS
from ...op.recording import as_tensor
from ...tensor import Tensor
from .sources import Unit
from .watching import AFTER, VALUE

CALL = "__autodiff_call__"
STORE = "__autodiff_store__"
UPDATE = "__autodiff_update__"
INDEX = "__autodiff_index__"

_LEFT_ALONE = {
    VALUE,
    AFTER,
    "super",
    "locals",
    "globals",
    "print",
    "isinstance",
    "len",
    "range",
    "zip",
    "enumerate",
    "str",
}
_BUFFERS = (np.zeros, np.ones, np.empty, np.full, np.zeros_like, np.ones_like, np.empty_like, np.full_like)
_COPIES = (np.array, np.asarray, np.asanyarray, np.ascontiguousarray, np.atleast_1d)
_JOINING = (np.concatenate, np.stack, np.vstack, np.hstack, np.column_stack, np.einsum, np.block)
_UPDATES = {
    ast.Add: "iadd", ast.Sub: "isub", ast.Mult: "imul", ast.Div: "itruediv", ast.Pow: "ipow", ast.MatMult: "imatmul"
}  # fmt: skip


def following(unit: Unit) -> types.CodeType:
    """The unit's code as the tree now is, with its calls and writes going through the functions below."""
    return unit.compiled(ast.fix_missing_locations(_Through().visit(copy.deepcopy(unit.node))))


class _Through(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _LEFT_ALONE:
            return node
        return ast.copy_location(ast.Call(ast.Name(CALL, ast.Load()), [node.func, *node.args], node.keywords), node)

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.slice = ast.Call(ast.Name(INDEX, ast.Load()), [_index(node.slice)], [])
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        self.generic_visit(node)
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Subscript) or not _is_place(target.value):
            return node
        arguments = [_read(target.value), _index(target.slice), node.value]
        stored = ast.Call(ast.Name(STORE, ast.Load()), arguments, [])
        return ast.copy_location(ast.Assign([_written(target.value)], stored), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        if type(node.op) not in _UPDATES or not _is_place(node.target):
            return node
        arguments = [ast.Constant(_UPDATES[type(node.op)]), _read(node.target), node.value]
        if isinstance(node.target, ast.Subscript) and _is_place(node.target.value):
            new = ast.Call(ast.Name(UPDATE, ast.Load()), arguments, [])
            stored = ast.Call(
                ast.Name(STORE, ast.Load()), [_read(node.target.value), _index(node.target.slice), new], []
            )
            return ast.copy_location(ast.Assign([_written(node.target.value)], stored), node)
        new = ast.Call(ast.Name(UPDATE, ast.Load()), arguments, [])
        return ast.copy_location(ast.Assign([_written(node.target)], new), node)


def _is_place(node: Any) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_place(node.value)
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _is_place(node.value))


def _read(node: Any) -> Any:
    read = copy.deepcopy(node)
    read.ctx = ast.Load()
    return read


def _written(node: Any) -> Any:
    written = copy.deepcopy(node)
    written.ctx = ast.Store()
    return written


def _index(node: Any) -> Any:
    """What stands between the brackets, as a value."""
    if isinstance(node, ast.Slice):
        parts = [part or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
        return ast.Call(ast.Name("slice", ast.Load()), parts, [])
    if isinstance(node, ast.Tuple) and not any(isinstance(part, ast.Starred) for part in node.elts):
        return ast.Tuple([_index(part) for part in node.elts], ast.Load())
    return node


@contextmanager
def through() -> Iterator[None]:
    """Let the changed code find these functions inside the block."""
    try:
        for name, function in ((CALL, _call), (STORE, _store), (UPDATE, _update), (INDEX, _indices)):
            setattr(builtins, name, function)
        yield
    finally:
        for name in (CALL, STORE, UPDATE, INDEX):
            delattr(builtins, name)


def _tracked(x: Any) -> bool:
    if isinstance(x, (list, tuple)):
        return any(_tracked(part) for part in x)
    return isinstance(x, Tensor)


def _call(function: Any, /, *args: Any, **kwargs: Any) -> Any:
    owner = getattr(function, "__self__", None)
    name = getattr(function, "__name__", "")
    if isinstance(owner, Tensor) and name == "item":
        return owner.reshape(())
    if function in _BUFFERS and np.dtype(kwargs.get("dtype") or float).kind == "f":
        values = [a.detach().numpy() if isinstance(a, Tensor) else a for a in args]
        buffer = function(*values, **kwargs)
        return Tensor(buffer) if buffer.dtype.kind == "f" else buffer
    if not (_tracked(args) or _tracked(tuple(kwargs.values()))):
        return function(*args, **kwargs)
    if isinstance(owner, np.ndarray):
        return getattr(np, name)(owner, *args, **kwargs)
    if function in _COPIES:
        return _joined(args[0])
    if function in (float, np.float64):
        return as_tensor(args[0]).reshape(())
    if getattr(math, name, None) is function and hasattr(np, name):
        return getattr(np, name)(*args, **kwargs)
    if getattr(np, name, None) is function and function not in _JOINING:
        args = tuple(_joined(a) if isinstance(a, (list, tuple)) and _tracked(a) else a for a in args)
    return function(*args, **kwargs)


def _joined(x: Any) -> Any:
    """Nested lists of Tensors and numbers as one Tensor."""
    if isinstance(x, (list, tuple)) and _tracked(x):
        return TENSORS.stack([as_tensor(_joined(part)) for part in x])
    return x


def _indices(index: Any) -> Any:
    """An index; a range in it, which NumPy takes for an array, as a list."""
    if isinstance(index, tuple):
        return tuple([_indices(part) for part in index])
    return list(index) if isinstance(index, range) else index


def _store(array: Any, index: Any, value: Any) -> Any:
    if isinstance(array, np.ndarray) and array.dtype != object and _tracked(value):
        array = Tensor(array)
    array[_indices(index) if isinstance(array, Tensor) else index] = _joined(value)
    return array


def _update(name: str, left: Any, right: Any) -> Any:
    if isinstance(left, np.ndarray) and _tracked(right):
        left = Tensor(left)
    return getattr(operator, name)(left, right)
