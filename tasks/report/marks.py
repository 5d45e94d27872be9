"""How what came out stands to what was published, in a sign and words; no colour is needed to read it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tasks.report.html import Html, element, join

SAME, OTHER = "=", "≠"
LEGEND = f"{SAME} as published; {OTHER} other than published, with the difference"


def marked(same: bool, text: str) -> Html:
    """A sign with what it is about."""
    sign = element("b", SAME if same else OTHER, class_="same" if same else "other")
    return join([sign, f" {text}"])


def difference(published: Sequence[tuple[int, str]], found: Sequence[int]) -> Html:
    """What is more or less than published.

    Parameters
    ----------
    published : sequence of (int, str)
        Each with its unit, in the singular.
    found : sequence of int

    Examples
    --------
    >>> difference([(18, "point"), (500, "epoch")], [18, 512])
    '<b class="other">≠</b> +12 epochs'
    """
    pairs = [(new - old, unit) for (old, unit), new in zip(published, found, strict=True)]
    parts = [f"{signed(gap)} {counted(abs(gap), unit).split(' ', 1)[1]}" for gap, unit in pairs if gap]
    return marked(not parts, ", ".join(parts) or "the same")


def signed(number: int) -> str:
    """A difference, with a minus as long as the plus."""
    return f"{number:+d}".replace("-", "−")


def counted(number: int, unit: str) -> str:
    """A number of things.

    Examples
    --------
    >>> counted(1, "epoch"), counted(3, "epoch")
    ('1 epoch', '3 epochs')
    """
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    Examples
    --------
    >>> listed(["W1", "b1", "W2"])
    'W1, b1 and W2'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def small(number: float) -> str:
    """A loss or an error with three digits, or two and a power of ten.

    Examples
    --------
    >>> small(0.0009898), small(3.2e-15)
    ('0.00099', '3.2 × 10⁻¹⁵')
    """
    if not math.isfinite(number):
        return "not finite"
    if number == 0 or 1e-4 <= abs(number) < 1e4:
        return f"{number:.3g}".replace("-", "−")
    digits, power = f"{number:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits.removesuffix('.0')} × 10{raised}".replace("-", "−")
