"""Write docs/operations.md, the table of all operations: ``python -m docs.operations``, at the repository's root.

Nothing in the table is typed in. It says what the declarations say; a function has complex numbers if it and its
derivative run on those of the strictest array library on a sample of the tests.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import array_api_strict as strict
import numpy as np

import autodiff as ad
from autodiff import REGISTRY, vjp
from autodiff.op import Kink, Operation
from tests.autodiff.cases import Case, case, cotangent

FILE = Path(__file__).with_name("operations.md")

HEAD = """# Operations

Generated from the declarations by `python -m docs.operations`; a test compares. The rest of the tests hold each
operation to its row: values, both modes, the second order and the kinks.

- **reverse**: *rule*, written out; *transpose*, of a linear operation; *parts*, a composition whose parts have theirs.
- **forward**: *same rule*, that of an element-wise operation; *itself*, since it is linear; *rule*, written out;
  *transposed rule*, the reverse one differentiated by its cotangent; *parts*.
- **second order**: the rules are operations themselves, so that there is a third order, too.
- **complex**: complex arguments with their derivative, where the array API standard defines the function on them.
- **at a kink**: what the derivative is where the mathematics leaves a choice or none is finite.

A dash: piecewise constant, no derivative.
"""

REVERSE = {"elementwise": "rule", "linear": "transpose", "primitive": "rule", "composite": "parts", "constant": "–"}
FORWARD = {"elementwise": "same rule", "linear": "itself", "composite": "parts", "constant": "–"}


def operations() -> list[Operation]:
    """Those of this package; the registry may hold others, of users and of tests."""
    return [o for o in REGISTRY.values() if o.forward.__module__.startswith("autodiff.ops.")]


def row(operation: Operation) -> str:
    """A line of the table."""
    differentiable = operation.kind != "constant"
    cells = [
        f"`{public_name(operation)}`",
        reverse(operation),
        FORWARD.get(operation.kind) or ("rule" if operation.jvp else "transposed rule"),
        "yes" if differentiable else "–",
        "–" if not differentiable else "yes" if complex_case(operation) else "no",
        "; ".join(map(kink_in_words, operation.kinks)),
    ]
    return "| " + " | ".join(cells) + " |"


def public_name(operation: Operation) -> str:
    """The name below `autodiff`."""
    return f"{operation.extension}.{operation.name}" if operation.extension else operation.name


def reverse(operation: Operation) -> str:
    """How the reverse mode goes, and which arguments have none."""
    word = REVERSE[operation.kind]
    without = [n for n, rule in zip(operation.array_names, operation.vjps or (), strict=False) if rule is None]
    return f"{word}, not by {', '.join(f'`{n}`' for n in without)}" if without else word


def kink_in_words(kink: Kink) -> str:
    """Derivatives, then the point."""
    derivatives = ", ".join(map(number, kink.derivatives))
    return f"{derivatives} " + (f"where {kink.where}" if kink.where else f"at {', '.join(map(number, kink.at))}")


def number(x: Any) -> str:
    """As one writes it: 0, 0.5, ∞."""
    if isinstance(x, list):
        return f"[{', '.join(map(number, x))}]"
    return f"{x:g}".replace("inf", "∞").replace("-", "−")


def complex_case(operation: Operation) -> Case | None:
    """A sample with complex numbers on which the operation has a value and a derivative by the standard."""
    for k in range(len(operation.samples)):
        there = in_complex(case(operation, k))
        if there.varied and there.point[0].size and works(there):
            return there
    return None


def in_complex(real: Case) -> Case:
    """The same call with imaginary parts."""
    rng = np.random.default_rng(0)
    inputs = [
        x + 0.25j * rng.normal(size=x.shape) if k in real.varied and x.dtype.kind == "f" else x
        for k, x in enumerate(real.inputs)
    ]
    return replace(real, inputs=tuple(inputs))


def works(there: Case) -> bool:
    """Whether the value can be computed by the standard alone and is NumPy's, and there is a gradient."""
    try:
        there.call(*map(to_strict, there.inputs))
        y, pull = vjp(there.of_varied, *there.point)
        pull(cotangent(y))
        return np.allclose(y.numpy(), there.reference())
    except (TypeError, ValueError, ad.GradientError):
        return False


def to_strict(x: np.ndarray[Any, Any]) -> Any:
    """An array of the strict library."""
    return strict.asarray(np.array(x))


def families() -> dict[str, list[Operation]]:
    """The operations by the module that declares them."""
    found: dict[str, list[Operation]] = {}
    for operation in sorted(operations(), key=public_name):
        found.setdefault(operation.forward.__module__, []).append(operation)
    return dict(sorted(found.items()))


def undeclared() -> Iterator[str]:
    """The functions that are no operations, but make arrays or put operations together."""
    places: list[tuple[str, ModuleType]] = [("", ad), ("fft.", ad.fft), ("linalg.", ad.linalg)]
    known = {public_name(operation) for operation in operations()}
    for prefix, module in places:
        for name, function in sorted(vars(module).items()):
            origin = getattr(function, "__module__", None) or ""
            is_ours = origin.startswith("autodiff.ops.") and callable(function) and not isinstance(function, type)
            if is_ours and not name.startswith("_") and prefix + name not in known:
                yield prefix + name


def table() -> str:
    """The whole document."""
    parts = [HEAD]
    for module, members in families().items():
        title = (sys.modules[module].__doc__ or module).partition("\n")[0].partition(".")[0]
        parts.append(f"## {title}\n\n| function | reverse | forward | second order | complex | at a kink |")
        parts.append("|---|---|---|---|---|---|\n" + "\n".join(map(row, members)) + "\n")
    parts.append("## Functions that are no operations of their own\n")
    parts.append("They make arrays, tell about them, or put operations together, whose derivatives they have:\n")
    parts.append(", ".join(f"`{name}`" for name in undeclared()) + ".\n")
    return "\n".join(parts)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", "You are comparing a array_api_strict dtype")  # as the tests' conftest does
    FILE.write_text(table(), encoding="utf-8")
