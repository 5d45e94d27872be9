"""The page around the sections: its head, its style, and what it says of itself."""

from __future__ import annotations

from importlib import resources

from tasks.report import html, marks
from tasks.report.html import Html
from tasks.report.material import Material
from tasks.report.plan import WHOLE, Plan
from tasks.report.sections import SECTIONS

TITLE = "Backpropagation, the lab report run anew"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The browser itself sees to it that the page asks for nothing."""


def page(material: Material) -> str:
    """The whole page; the same runs give the same text."""
    sections = [section(material) for section in SECTIONS]
    style = resources.files("tasks.report").joinpath("style.css").read_text(encoding="utf-8")
    head = html.element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Html('<link rel="icon" href="data:,">'),
        html.element("title", TITLE),
        html.element("style", Html(style)),
    )
    body = html.element("body", html.element("header", *_opening(material.plan)), html.element("main", *sections))
    return f"<!DOCTYPE html>\n{html.element('html', head, body, lang='en')}\n"


def _opening(plan: Plan) -> list[Html]:
    """Title, what this is, what was left out, and the way to the sections."""
    names = [section.__module__.split(".")[-1] for section in SECTIONS]
    titles = [
        "Set-up", "Network", "Formulas", "Results", "Discussion", "Extra", "The two errors", "Is it the seed or a bug?",
    ]  # fmt: skip
    links = [html.element("a", title, href=f"#{name}") for name, title in zip(names, titles, strict=True)]
    opening = [
        html.element("h1", TITLE),
        html.paragraph(
            "Every figure and table of the report, trained again, beside what it published; its empty sections, "
            "filled; and what its backpropagation has wrong. All numbers in the text come from these runs."
        ),
        html.paragraph(f"{marks.LEGEND}. “Here” is the published code run by this project."),
    ]
    if plan != WHOLE:
        opening.append(html.paragraph(html.element("b", "A quick page. "), _cut(plan), class_="note"))
    return [*opening, html.element("nav", html.bullets(links), aria_label="Sections")]


def _cut(plan: Plan) -> str:
    """What is less than on the whole page."""
    values = sum(map(len, WHOLE.linear_values.values())) - sum(map(len, plan.linear_values.values()))
    return (
        f"The linear task's tables lack {values} of their rows. Optimizers and activations have "
        f"{marks.counted(plan.seeds, 'seed')} instead of {WHOLE.seeds} and at most {plan.epochs} epochs. XOR is tried "
        f"at {len(plan.widths)} instead of {len(WHOLE.widths)} widths, with {plan.xor_seeds} instead of "
        f"{WHOLE.xor_seeds} seeds, and failed runs are trained {plan.longer} instead of {WHOLE.longer} times as long."
    )
