"""From a declaration to the public function, the operators and the methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .._namespaces import NUMPY, Namespace
from ..tensor import Tensor
from . import recording
from .operation import REGISTRY, TENSORS, Operation
from .unrolled import LARGEST, unrolled


def bind(operation: Operation) -> Callable[..., Tensor]:
    """Make an operation known: its public function, registry, the rules' namespace, operators and methods.

    The same function declared anew, as in a notebook cell that is run twice, takes the place of the earlier one.
    """
    previous = REGISTRY.get(operation.name)
    if previous is not None and not _is_again(operation, previous):
        raise ValueError(
            f"an operation named {operation.name!r} is declared already, in {previous.forward.__module__}; "
            "choose another name"
        )
    operation.function = function = _public_function(operation)
    attributes: dict[str, Any] = {operation.name: function} if operation.method else {}
    if operation.operator is not None:
        attributes |= _operators(operation)
    taken = [name for name in attributes if name in vars(Tensor) and (previous is None or name not in previous.bound)]
    if taken:
        raise ValueError(f"operation {operation.name!r}: Tensor has {', '.join(taken)} already")
    if previous is not None:
        for name in previous.bound:
            delattr(Tensor, name)
    operation.bound = tuple(attributes)
    REGISTRY[operation.name] = operation
    setattr(getattr(TENSORS, operation.extension) if operation.extension else TENSORS, operation.name, function)
    _tell_rules(operation, previous)
    for name, method in attributes.items():
        setattr(Tensor, name, method)
    return function


def _is_again(operation: Operation, previous: Operation) -> bool:
    """Whether two functions are the same definition, run again: the same name in the same module."""
    new, old = operation.forward, previous.forward
    return (new.__module__, new.__qualname__) == (old.__module__, old.__qualname__)


def _tell_rules(operation: Operation, previous: Operation | None) -> None:
    """Let rules on raw arrays call an operation, too, as ``xp.name``, where the array libraries have none so named."""
    name, forward = operation.name, operation.forward
    known = vars(Namespace).get(name) or getattr(type(NUMPY), name, None) or vars(np).get(name)
    of_library = name in getattr(getattr(forward, "__code__", None), "co_names", ())  # it would call itself
    if operation.extension or of_library:
        return
    if known is None or (previous is not None and known is previous.forward):
        setattr(Namespace, name, forward)


def _public_function(operation: Operation) -> Callable[..., Tensor]:
    """The public function: the declared signature without `xp`.

    Its source is generated, as `dataclasses` does for ``__init__``: binding the arguments at every call through
    `inspect.Signature.bind` takes longer (4 us) than most operations.
    """
    defaults = {f"default_{p.name}": p.default for p in _public_parameters(operation) if p.default is not p.empty}
    parameters = [
        p if p.default is p.empty else p.replace(default=_Verbatim(f"default_{p.name}"))
        for p in _public_parameters(operation)
    ]
    function = _compiled(
        operation.name, str(inspect.Signature(parameters)), _body(operation, parameters), operation, defaults
    )
    function.__doc__ = operation.forward.__doc__
    function.__module__ = operation.forward.__module__
    function.__qualname__ = operation.name
    function.__annotations__ = {k: v for k, v in operation.forward.__annotations__.items() if k != "xp"}
    function.operation = operation  # type: ignore[attr-defined]
    return function


class _Verbatim:
    """A default value that `inspect` writes into a signature as a name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


def _public_parameters(operation: Operation) -> list[inspect.Parameter]:
    """The declared parameters without `xp`; a list of arrays, or a key, is one argument."""
    parameters = []
    for p in list(operation.signature.parameters.values())[1:]:
        if p.kind is p.VAR_POSITIONAL and p.name == "index":
            p = inspect.Parameter("key", p.POSITIONAL_OR_KEYWORD)
        elif p.kind is p.VAR_POSITIONAL:
            p = inspect.Parameter(p.name, p.POSITIONAL_ONLY)
        elif p.name == "key":
            continue
        elif operation.indexed and p.kind is p.KEYWORD_ONLY:
            p = p.replace(kind=p.POSITIONAL_OR_KEYWORD)
        parameters.append(p.replace(annotation=p.empty))
    return parameters


def _body(operation: Operation, parameters: list[inspect.Parameter]) -> list[str]:
    """What the public function does."""
    names = operation.array_names
    arrays = "".join(f"{name}, " for name in names)
    others = [p.name for p in parameters if p.name not in (*names, "arrays", "key")]
    if operation.kind == "composite":
        first = ["*as_tensors(arrays)"] if operation.variadic else [f"*as_tensors(({arrays}))"]
        if len(names) == 1:
            first = [f"as_tensor({names[0]})"]
        rest = [f"{n}={n}" for n in others]
        return [f"return operation.forward({', '.join(['TENSORS', *first, *rest])})"]
    metadata = "{" + ", ".join(f"{n!r}: {n}" for n in others) + "}" if others else "NONE"
    if operation.variadic:
        return [f"return apply(operation, tuple(arrays), {metadata})"]
    if operation.indexed:
        metadata = metadata.replace("{", "{'key': key, ", 1) if others else "{'key': key}"
        return ["key, index = lift(key)", f"return apply(operation, ({arrays}*index), {metadata})"]
    if operation.several:
        return [f"return items(apply(operation, ({arrays}), {metadata}))"]
    if others or operation.aliases or not 0 < len(names) <= LARGEST:  # the unrolled lines don't look after views
        return [f"return apply(operation, ({arrays}), {metadata})"]
    return unrolled(operation, names)


def _compiled(
    name: str, signature: str, body: list[str], operation: Operation, defaults: dict[str, Any]
) -> Callable[..., Tensor]:
    """A function of this source. It finds `apply` in `recording` at every call, where something may stand in for it."""
    source = "\n".join(
        [
            f"def make(operation, forward_of, {', '.join(defaults)}):",
            f"    def {name}{signature}:",
            *[f"        {line}" for line in body],
            f"    return {name}",
        ]
    )
    local: dict[str, Any] = {}
    exec(compile(source, f"<autodiff operation {operation.name}>", "exec"), vars(recording), local)
    function: Callable[..., Tensor] = local["make"](operation, operation.forward_of, **defaults)
    return function


_REFLECTED = {
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "and",
    "or",
    "xor",
    "lshift",
    "rshift",
}


def _operators(operation: Operation) -> dict[str, Callable[..., Any]]:
    """Tensor's methods for an operator: ``__mul__``, ``__rmul__`` and ``__imul__`` for "mul"."""
    name = operation.operator

    def method(prefix: str, *arguments: str) -> Callable[..., Any]:
        signature = "(self, other)" if len(arguments) == 2 else "(self)"
        body = unrolled(operation, arguments, "apply_operator")
        return _compiled(f"__{prefix}{name}__", signature, body, operation, {})

    if len(operation.array_names) == 1:
        return {f"__{name}__": method("", "self")}
    methods = {f"__{name}__": method("", "self", "other")}
    if name in _REFLECTED:
        methods[f"__r{name}__"] = method("r", "other", "self")
        methods[f"__i{name}__"] = _in_place(operation)
    return methods


def _in_place(operation: Operation) -> Callable[[Tensor, Any], Tensor]:
    def in_place(self: Tensor, other: Any) -> Tensor:
        result = operation.function(self, other)
        if result.dtype != self.dtype and np.can_cast(result.dtype, self.dtype, "same_kind"):
            result = TENSORS.astype(result, self.dtype)
        return self._become(f"in-place {operation.name}", result._value, result._node)

    return in_place
