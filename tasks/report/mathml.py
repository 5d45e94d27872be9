"""Formulas as MathML, from the small part of LaTeX that they need."""

from __future__ import annotations

import re

from tasks.report.html import Html, element

TOKEN = re.compile(r"\\?[a-zA-Z]+|\d+|\S")


def mathml(latex: str) -> Html:
    r"""The formula as an element of the page.

    Letters, numbers and signs, ``_`` and ``^`` with one symbol or a group behind them, and ``\frac{}{}``. Letters
    together are one name.

    Examples
    --------
    >>> print(mathml("a = x_2"))
    <math displaystyle="true"><mrow><mi>a</mi><mo>=</mo><msub><mi>x</mi><mn>2</mn></msub></mrow></math>
    """
    tokens = TOKEN.findall(latex)
    tokens.reverse()  # So that the next one is the last.
    return element("math", _row(tokens), displaystyle="true")


def _row(tokens: list[str]) -> Html:
    """All up to the end of the group."""
    parts: list[Html] = []
    while tokens and tokens[-1] != "}":
        parts.append(_scripted(tokens))
    if tokens:
        tokens.pop()
    return element("mrow", *parts)


def _scripted(tokens: list[str]) -> Html:
    """A symbol with what stands below and above it."""
    base, scripts = _one(tokens), {}
    while tokens and tokens[-1] in ("_", "^"):
        place = tokens.pop()
        scripts[place] = _one(tokens)
    if not scripts:
        return base
    names = {"_": "msub", "^": "msup", "_^": "msubsup"}
    return element(names["".join(sorted(scripts, reverse=True))], base, *(scripts[k] for k in "_^" if k in scripts))


def _one(tokens: list[str]) -> Html:
    """A symbol, a group, or a fraction."""
    token = tokens.pop()
    if token == "{":
        return _row(tokens)
    if token == r"\frac":
        return element("mfrac", _one(tokens), _one(tokens))
    if token[0].isdigit():
        return element("mn", token)
    return element("mi" if token[0].isalpha() or token == "∂" else "mo", "−" if token == "-" else token)
