"""Names: which parameter a gradient belongs to, and which value of the forward pass a variable of the backward pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_FORMS = (
    "d{}", "grad_{}", "{}_grad", "d_{}", "grad{}", "g{}", "dL_d{}", "dL/d{}", "dL{}", "dJ_d{}", "dloss_d{}",
    "nabla_{}", "delta_{}", "{}_g", "g_{}", "gradient_{}", "{}.grad", "d{}_", "dLd{}", "{}grad", "D{}", "{}",
)  # fmt: skip
"""How people call the gradient by a parameter; the parameter's own name last, where a dictionary holds both."""


def gradient_key(parameter: Any, keys: Iterable[Any]) -> Any:
    """The key under which the gradient by `parameter` is kept, or None."""
    known = list(keys)
    if not isinstance(parameter, str):
        return parameter if parameter in known else None
    for form in _FORMS:
        if form.format(parameter) in known:
            return form.format(parameter)
    lower = {key.lower(): key for key in known if isinstance(key, str)}
    for form in _FORMS:
        if form.format(parameter).lower() in lower:
            return lower[form.format(parameter).lower()]
    return None


_BEFORE = (
    "dl_d", "dl/d", "dj_d", "dloss_d", "gradient_", "grad_", "nabla_", "delta_", "d_", "g_", "dl", "grad", "delta",
    "nabla", "d", "g",
)  # fmt: skip
_AFTER = ("_gradient", "_grad", "_delta", "_error", "_err", "_d", "_bar", "grad", "delta", "_g")


def stems(variable: str) -> list[str]:
    """What a variable of the backward pass may be the gradient of, in lower case: ``dZ2`` of ``z2``.

    Examples
    --------
    >>> stems("dZ2"), stems("hidden_grad"), stems("A1")
    (['z2'], ['hidden'], [])
    """
    name = variable.lower()
    found = [name[len(p) :].lstrip("_") for p in _BEFORE if name.startswith(p)]
    found += [name[: -len(s)].rstrip("_") for s in _AFTER if name.endswith(s)]
    return list(dict.fromkeys(stem for stem in found if stem and re.match("[a-z]", stem)))
