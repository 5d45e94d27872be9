"""einops' array_api module on Tensors; `einops` itself keeps a list of the libraries that it takes."""

from __future__ import annotations

import numpy as np
import pytest

from .agreement import Case, check

pytest.importorskip("einops")
from einops.array_api import pack, rearrange, reduce, repeat, unpack

X = np.random.default_rng(0).permutation(np.linspace(0.2, 0.9, 48)).reshape(2, 4, 6)

CASES: dict[str, Case] = {
    "rearrange": (lambda x: rearrange(x, "a (b c) d -> c (a d) b", c=2), X),
    "rearrange with a new axis": (lambda x: rearrange(x, "a b d -> d 1 (a b)"), X),
    "rearrange of a list": (lambda x: rearrange([x, x * 2], "n a b d -> (n a) (b d)"), X),
    "rearrange with an ellipsis": (lambda x: rearrange(x, "a ... -> ... a"), X),
    "repeat": (lambda x: repeat(x, "a b c -> a (b 2) c r", r=3), X),
    **{
        f"reduce {name}": (lambda x, name=name: reduce(x, "a (b b2) c -> a b", name, b2=2), X)
        for name in ("sum", "mean", "max", "min", "prod")
    },
    "reduce keeps axes": (lambda x: reduce(x, "a b c -> 1 b 1", "mean"), X),
    "pack": (lambda x: pack([x, x[:, 0, :]], "a * c")[0], X),
    "unpack": (lambda x: unpack(x, [(2,), (2,)], "a * c"), X),
}


@pytest.mark.parametrize("name", CASES)
def test_gradient(name: str) -> None:
    """Value as on arrays, gradient as by central differences."""
    check(*CASES[name])
