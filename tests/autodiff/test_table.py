"""docs/operations.md: it is what is generated now, and what it says of complex numbers holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autodiff import REGISTRY, gradcheck, op
from autodiff.op import Operation
from docs import operations as docs

CLAIMED = {operation.name: case for operation in docs.operations() if (case := docs.complex_case(operation))}
FREE_PHASE = {"eig", "eigh", "svd"}
"""A complex vector of these may be turned by any phase; test_linalg has derivatives of what doesn't depend on it."""


def test_the_table_is_up_to_date() -> None:
    """The file is what the declarations give; if not, run ``python -m docs.operations``."""
    assert docs.FILE.read_text(encoding="utf-8") == docs.table()


def test_every_operation_has_one_row() -> None:
    """Each declared operation of the package stands in the table, once."""
    rows = [line.split("`")[1] for line in docs.table().splitlines() if line.startswith("| `")]
    declared = [o for o in REGISTRY.values() if o.forward.__module__.startswith("autodiff.ops")]
    assert sorted(rows) == sorted(map(docs.public_name, declared))
    assert len(rows) > 150


def test_a_new_operation_changes_the_table(registry: dict[str, Any]) -> None:
    """An operation that somebody adds is missed in the file until that is written anew."""

    def doubled(xp: Any, x: Any, /) -> Any:
        """Twice the number."""
        return 2.0 * x

    doubled.__module__ = "autodiff.ops.arithmetic"
    op.elementwise(lambda xp, g, _y, _x: 2.0 * g, reference=lambda x: x + x, kinks=[op.kink((0.0,), (2.0,))])(doubled)
    assert "| `doubled` | rule | same rule | yes | yes | 2 at 0 |" in docs.table()
    assert docs.FILE.read_text(encoding="utf-8") != docs.table()


@pytest.mark.parametrize("name", sorted(CLAIMED.keys() - FREE_PHASE))
def test_complex_derivatives(name: str) -> None:
    """Where the table says complex, both modes agree with differences on complex numbers."""
    case = CLAIMED[name]
    assert any(x.dtype.kind == "c" for x in case.point)
    assert gradcheck(case.of_varied, case.point)


@pytest.mark.parametrize("name", ["maximum", "logsumexp", "atan2", "fft.rfft", "gaussian"])
def test_no_complex_numbers_where_the_standard_has_none(name: str) -> None:
    """The column can say no."""
    assert docs.complex_case(REGISTRY[name.removeprefix("fft.")]) is None


def test_rows_of_each_kind() -> None:
    """The words for the five kinds, and for an argument without a derivative."""
    assert docs.row(REGISTRY["sin"]) == "| `sin` | rule | same rule | yes | yes |  |"
    assert docs.row(REGISTRY["floor"]) == "| `floor` | – | – | – | – |  |"
    assert docs.row(REGISTRY["mean"]).startswith("| `mean` | parts | parts |")
    assert docs.row(REGISTRY["take"]).startswith("| `take` | transpose, not by `indices` | itself |")
    assert docs.row(REGISTRY["prod"]).startswith("| `prod` | rule | transposed rule |")


@pytest.mark.parametrize("operation", docs.operations(), ids=docs.public_name)
def test_forward_and_second_order_are_there(operation: Operation) -> None:
    """What differentiable operations have by their kind, and constant ones don't."""
    differentiable = operation.kind != "constant"
    assert (docs.row(operation).count("–") == 0) == differentiable
    assert differentiable == (operation.kind == "composite" or operation.vjps is not None)
    assert np.all([rule is None or callable(rule) for rule in operation.vjps or ()])
