"""Arrays of a kernel by their address: one table of addresses in place of an argument for each array.

An array as an argument costs numba 0.1 us at each call, a row of the table nothing.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic


def _pointer(kind: Any) -> Any:
    @intrinsic  # type: ignore[untyped-decorator]
    def pointer(context: Any, address: Any) -> Any:
        """The address as a pointer to numbers of one dtype."""

        def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.inttoptr(args[0], context.get_value_type(signature.return_type))

        return types.CPointer(kind)(address), code

    return pointer


f8, f4, i8, b1 = (_pointer(kind) for kind in (types.float64, types.float32, types.int64, types.boolean))
