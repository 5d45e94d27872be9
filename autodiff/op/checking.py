"""What is wrong with a declaration, said when it is made and not when somebody first needs the derivative."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .operation import Operation

_ANY = object()


def checked_name(forward: Any) -> str:
    """The name of an operation: that of its function, which has to have one."""
    name = getattr(forward, "__name__", "")
    if not callable(forward) or not name.isidentifier():
        raise TypeError(
            "a decorator of op is called, with the rules, and stands above a def: @op.elementwise(rule); "
            f"it got {forward!r} in place of a named function"
        )
    return str(name)


def check(operation: Operation) -> None:
    """Raise unless function and rules fit each other.

    Raises
    ------
    TypeError
        The function has no array arguments, or another number of them than there are rules; or a rule can't be called
        as the engine calls it. Takes 15 us per rule, 2 ms for all of `autodiff.ops`.
    """
    parameters = list(operation.signature.parameters.values())
    if not parameters or parameters[0].kind not in (inspect.Parameter.POSITIONAL_ONLY, _POSITIONAL):
        raise TypeError(f"operation {operation.name!r}: the first argument is xp, the library: {_form(operation)}")
    if not (operation.variadic or operation.indexed):
        _check_arrays(operation, parameters[1:])
    for rule in dict.fromkeys(operation.vjps or ()):
        if rule is not None:
            _check_rule(operation, rule, "g", ["position"] * operation.variadic)
    if operation.jvp is not None:
        _check_rule(operation, operation.jvp, "tangents", [])


_POSITIONAL = inspect.Parameter.POSITIONAL_OR_KEYWORD


def _form(operation: Operation) -> str:
    return f"def {operation.name}(xp, x, /, *, parameter=...)"


def _check_arrays(operation: Operation, parameters: list[inspect.Parameter]) -> None:
    """One rule per array; the arrays stand before the slash."""
    before_slash = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY]
    if operation.vjps is None:
        if not before_slash:
            raise TypeError(
                f"operation {operation.name!r} has no array arguments: they stand before a slash, {_form(operation)}"
            )
        return
    rules = len(operation.vjps)
    if rules < max(len(before_slash), 1) or rules > len(parameters):
        names = before_slash or [p.name for p in parameters]
        raise TypeError(
            f"operation {operation.name!r} has {rules} rules but the arguments ({', '.join(names)}): one rule per "
            f"array is needed, None for one without a derivative; parameters stand behind a star, {_form(operation)}"
        )


def _check_rule(operation: Operation, rule: Any, first: str, more: list[str]) -> None:
    """Raise unless a rule takes what the engine gives it."""
    arrays = [*operation.array_names, *(["index"] if operation.indexed else ["a", "b"] if operation.variadic else [])]
    others = [p for p in list(operation.signature.parameters.values())[1:] if p.kind is not p.VAR_POSITIONAL]
    names = [*(p.name for p in others if p.name not in arrays), *more]
    try:
        signature = inspect.signature(rule)
    except (TypeError, ValueError):
        return  # a function of C doesn't say what it takes
    try:
        signature.bind(*[_ANY] * (3 + len(arrays)), **dict.fromkeys(names, _ANY))
    except TypeError as error:
        called = ", ".join(["xp", first, "y", *arrays, *(f"{name}=..." for name in names)])
        raise TypeError(
            f"operation {operation.name!r}: its rule is called as rule({called}), but takes {signature}: {error}"
        ) from error
