"""The page's sections, in the report's order; each is written from what was trained, and no number is typed in."""

from __future__ import annotations

from collections.abc import Callable

from tasks.report.html import Html
from tasks.report.material import Material

from . import discussion, errors, extra, formulas, network, results, seeds, setup

SECTIONS: tuple[Callable[[Material], Html], ...] = (
    setup.section,
    network.section,
    formulas.section,
    results.section,
    discussion.section,
    extra.section,
    errors.section,
    seeds.section,
)
