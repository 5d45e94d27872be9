"""Arrays of a kernel by their address: one table of addresses in place of an argument for each array.

An array as an argument costs numba 0.1 us at each call, a row of the table nothing. The functions `f8`, `f4`, `i8` and
`b1` take an address; they are made when generated code imports them, since numba may be missing.
"""

from __future__ import annotations

from typing import Any

_KINDS = {"f8": "float64", "f4": "float32", "i8": "int64", "b1": "boolean"}


def __getattr__(name: str) -> Any:
    if name not in _KINDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from numba import types

    globals()[name] = made = _pointer(types.CPointer(getattr(types, _KINDS[name])))
    return made


def _pointer(kind: Any) -> Any:
    from numba.extending import intrinsic

    @intrinsic  # type: ignore[untyped-decorator]
    def pointer(context: Any, address: Any) -> Any:
        """The address as a pointer to numbers of one dtype."""

        def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.inttoptr(args[0], context.get_value_type(signature.return_type))

        return kind(address), code

    return pointer
