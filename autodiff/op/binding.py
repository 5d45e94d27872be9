"""From a declaration to the public function, the operators and the methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..tensor import Tensor
from . import recording
from .operation import REGISTRY, TENSORS, Operation


def bind(operation: Operation) -> Callable[..., Tensor]:
    """Make an operation known: its public function, registry, the rules' namespace, operators and methods."""
    if operation.name in REGISTRY:
        raise ValueError(f"an operation named {operation.name!r} is declared already")
    operation.function = function = _public_function(operation)
    REGISTRY[operation.name] = operation
    setattr(getattr(TENSORS, operation.extension) if operation.extension else TENSORS, operation.name, function)
    if operation.method:
        setattr(Tensor, operation.name, function)
    if operation.operator is not None:
        for name, method in _operators(operation).items():
            setattr(Tensor, name, method)
    return function


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


def _body(operation: Operation, parameters: list[inspect.Parameter]) -> str:
    """What the public function does."""
    arrays = "".join(f"{name}, " for name in operation.array_names)
    others = [p.name for p in parameters if p.name not in (*operation.array_names, "arrays", "key")]
    if operation.kind == "composite":
        first = (
            ["*map(as_tensor, arrays)"] if operation.variadic else [f"as_tensor({n})" for n in operation.array_names]
        )
        rest = [f"{n}={n}" for n in others]
        return f"return operation.forward({', '.join(['TENSORS', *first, *rest])})"
    metadata = "{" + ", ".join(f"{n!r}: {n}" for n in others) + "}" if others else "NONE"
    if operation.variadic:
        return f"return apply(operation, tuple(arrays), {metadata})"
    if operation.indexed:
        metadata = metadata.replace("{", "{'key': key, ", 1) if others else "{'key': key}"
        return f"key, index = lift(key); return apply(operation, ({arrays}*index), {metadata})"
    call = _call(operation.array_names, metadata, operation.aliases)
    return f"return items({call})" if operation.several else f"return {call}"


def _call(arguments: Sequence[str], metadata: str = "NONE", aliases: bool = False) -> str:
    """The call that carries the operation out; the fast ones don't look after views."""
    special = {1: "apply_unary", 2: "apply_binary", 3: "apply_ternary"}.get(len(arguments))
    if metadata == "NONE" and special is not None and not aliases:
        return f"{special}(operation, {', '.join(arguments)})"
    return f"apply(operation, ({', '.join([*arguments, ''])}), {metadata})"


def _compiled(
    name: str, signature: str, body: str, operation: Operation, defaults: dict[str, Any]
) -> Callable[..., Tensor]:
    """A function of this source. It finds `apply` in `recording` at every call, where `anomaly` may replace it."""
    source = (
        f"def make(operation, {', '.join(defaults)}):\n    def {name}{signature}:\n        {body}\n    return {name}\n"
    )
    local: dict[str, Any] = {}
    exec(compile(source, f"<autodiff operation {operation.name}>", "exec"), vars(recording), local)
    function: Callable[..., Tensor] = local["make"](operation, **defaults)
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
        body = f"try: return {_call(arguments)}\n        except OperandError: return NotImplemented"
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
