"""Pytrees: arguments and results that hold arrays in tuples, lists and dicts, nested as one likes.

A tuple (a named one, too), a list and a dict are nodes, None is a node without children, and everything else is a leaf.
One exception, so that ``grad(f)([1.0, 2.0])`` has an array as everywhere in this package: in an argument, a list of
nothing but numbers, or of such lists of one length, is a leaf as well.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..tensor import Tensor

_NODES = (tuple, list, dict)
_NUMBERS = (int, float, complex, np.generic)


def is_leaf(tree: Any, numbers: bool = False) -> bool:
    """Whether `tree` has no parts; with `numbers` a list of numbers has none either."""
    if isinstance(tree, Tensor):
        return True
    if isinstance(tree, list) and numbers:
        return _lengths(tree) is not None
    return tree is not None and not isinstance(tree, _NODES)


def _lengths(x: Any) -> tuple[int, ...] | None:
    """The shape of numbers in lists, None for anything else and for rows of unequal lengths."""
    if isinstance(x, _NUMBERS):
        return ()
    if not isinstance(x, list) or not x:
        return None
    first = _lengths(x[0])
    same = first is not None and all(_lengths(part) == first for part in x[1:])
    return (len(x), *first) if same and first is not None else None


def leaves(tree: Any, numbers: bool = False) -> list[Any]:
    """The leaves in their order.

    Examples
    --------
    >>> from autodiff.transforms.pytree import leaves
    >>> leaves({"W": 1.0, "rest": (2.0, None, [3.0, 4.0])})
    [1.0, 2.0, 3.0, 4.0]
    """
    if is_leaf(tree, numbers):
        return [tree]
    return [leaf for _, part in _parts(tree) for leaf in leaves(part, numbers)]


def paths(tree: Any, path: str, numbers: bool = False) -> list[str]:
    """Where each leaf stands, for error messages.

    Examples
    --------
    >>> from autodiff.transforms.pytree import paths
    >>> paths({"W": 1.0, "rest": (2.0, None)}, "params")
    ['params["W"]', 'params["rest"][0]']
    """
    if is_leaf(tree, numbers):
        return [path]
    return [found for step, part in _parts(tree) for found in paths(part, path + step, numbers)]


def rebuilt(tree: Any, values: Iterator[Any], numbers: bool = False) -> Any:
    """The same structure with other leaves.

    Examples
    --------
    >>> from autodiff.transforms.pytree import rebuilt
    >>> rebuilt({"W": 1.0, "rest": (2.0, None)}, iter("ab"))
    {'W': 'a', 'rest': ('b', None)}
    """
    if is_leaf(tree, numbers):
        return next(values)
    if tree is None:
        return None
    if isinstance(tree, dict):
        filled = copy.copy(tree)  # a subclass keeps what else it has: an order, a default
        for key, part in tree.items():
            filled[key] = rebuilt(part, values, numbers)
        return filled
    parts = [rebuilt(part, values, numbers) for part in tree]
    return type(tree)(*parts) if hasattr(tree, "_fields") else type(tree)(parts)


def matched(tree: Any, other: Any, path: str, numbers: bool = False) -> list[tuple[str, Any]]:
    """What stands in `other` where `tree` has its leaves, each with its path.

    Lists and tuples may stand for each other.

    Raises
    ------
    ValueError, TypeError
        `other` has another structure; the message has the path to the difference.

    Examples
    --------
    >>> from autodiff.transforms.pytree import matched
    >>> matched({"W": 1.0, "b": (2.0, 3.0)}, {"W": "u", "b": ["v", "w"]}, "tangents")
    [('tangents["W"]', 'u'), ('tangents["b"][0]', 'v'), ('tangents["b"][1]', 'w')]
    """
    if is_leaf(tree, numbers):
        return [(path, other)]
    _check_node(tree, other, path)
    pairs = _parts(tree)
    counterparts = [other[key] for key in tree] if isinstance(tree, dict) else other or ()
    return [
        found
        for (step, part), counterpart in zip(pairs, counterparts, strict=True)
        for found in matched(part, counterpart, path + step, numbers)
    ]


def _check_node(tree: Any, other: Any, path: str) -> None:
    """Raise unless the two have the same parts."""
    if tree is None:
        if other is not None:
            raise ValueError(f"{path}: expected None, as in the place that it belongs to, got {_described(other)}")
        return
    expected = dict if isinstance(tree, dict) else (tuple, list)
    if not isinstance(other, expected):
        raise TypeError(f"{path}: expected {_described(tree)}, got {_described(other)}")
    if isinstance(tree, dict):
        missing = [key for key in tree if key not in other]
        surplus = [key for key in other if key not in tree]
        if missing or surplus:
            wrong = [f"lacks {', '.join(map(repr, missing))}"] * bool(missing)
            wrong += [f"has {', '.join(map(repr, surplus))} too many"] * bool(surplus)
            raise ValueError(f"{path}: expected the keys {list(tree)}, but it {' and '.join(wrong)}")
    elif len(tree) != len(other):
        raise ValueError(f"{path}: expected {_described(tree)}, got {_described(other)}")


def _described(tree: Any) -> str:
    if isinstance(tree, (tuple, list)):
        return f"a {type(tree).__name__} of {len(tree)}"
    if isinstance(tree, dict):
        return f"a dict with the keys {list(tree)}"
    shape = getattr(tree, "shape", None)
    return f"a {type(tree).__name__}" + ("" if shape is None else f" of shape {tuple(shape)}")


def _parts(tree: Any) -> list[tuple[str, Any]]:
    """The parts of a node, each with what is written after the node's name to reach it."""
    if tree is None:
        return []
    if isinstance(tree, dict):
        return [(f'["{key}"]' if isinstance(key, str) else f"[{key!r}]", part) for key, part in tree.items()]
    if hasattr(tree, "_fields"):
        return [(f".{name}", part) for name, part in zip(tree._fields, tree, strict=True)]
    return [(f"[{k}]", part) for k, part in enumerate(tree)]
