"""Is it the seed or a bug? XOR with many seeds and several widths, with the report's gradients and the right ones."""

from __future__ import annotations

from collections.abc import Sequence

from tasks import data
from tasks.networks import Gradients
from tasks.report import figures, html
from tasks.report.figures import Share
from tasks.report.html import Html
from tasks.report.marks import listed
from tasks.report.material import Material
from tasks.report.sections import failures
from tasks.report.svg import inline
from tasks.sweep.intervals import share_interval, sign_test

CHANCE = 0.05
"""Below this probability a difference isn't put down to chance."""

LABELS: dict[Gradients, str] = {"published": "published code", "autodiff": "right gradients"}


def section(material: Material) -> Html:
    """Who learns XOR, and why the others don't."""
    plan = material.plan
    counts = {kind: [_learned(material, width, kind) for width in plan.widths] for kind in LABELS}
    points = {LABELS[kind]: list(map(_share, plan.widths, runs)) for kind, runs in counts.items()}
    title = f"Share of {plan.xor_seeds} runs that learn XOR, with its 95 % interval"
    seen = "; ".join(
        f"{label}: {', '.join(f'{point.share:.0%} with {point.width}' for point in line)}"
        for label, line in points.items()
    )
    figure = inline(figures.shares(points), "shares", title, f"{seen} hidden units.")
    rows = [_row(material, width) for width in plan.widths]
    head = [
        "Hidden units", "Published code", "Right gradients", "Only right : only published", "Chance alone", "So it is",
    ]  # fmt: skip
    return html.section(
        "seeds",
        "Is it the seed or a bug?",
        html.paragraph(
            f"XOR with seeds 0 to {plan.xor_seeds - 1} of the weights at each width, otherwise as in table 4b. A run "
            f"has learned it if all {len(data.xor_points()[0])} points are right at its end. ",
            html.element("b", _answer(material)),
        ),
        html.figure("figure-shares", f"{title}. {seen} hidden units.", figure),
        html.table("table-seeds", "Runs that learn XOR (95 % interval, Wilson's)", head, rows),
        html.paragraph(
            "A bug: with the same seeds more runs learn it without the errors than with them, by more than chance "
            f"explains (sign test over the seeds that only one of the two learns from, below {CHANCE:g}). The seed: "
            "some seeds learn it with the same code and others don't.",
            class_="note",
        ),
        html.element("h3", "Why the others failed"),
        *failures.why(material),
    )


def _learned(material: Material, width: int, kind: Gradients) -> list[bool]:
    """Which seeds learn XOR."""
    return [row.accuracy == 1 for row in material.seeds(width, kind)]


def _share(width: int, learned: Sequence[bool]) -> Share:
    """Their share, with its interval."""
    return Share(width, sum(learned) / len(learned), *share_interval(sum(learned), len(learned)))


def _pairs(material: Material, width: int) -> tuple[int, int]:
    """How many seeds only the right gradients learn from, and only the published ones."""
    published, right = (_learned(material, width, kind) for kind in LABELS)
    pairs = list(zip(published, right, strict=True))
    return pairs.count((False, True)), pairs.count((True, False))


def _row(material: Material, width: int) -> list[str]:
    """What the runs of one width say."""
    cells = []
    for kind in LABELS:
        learned = _learned(material, width, kind)
        share = _share(width, learned)
        cells.append(f"{sum(learned)} of {len(learned)} ({share.low:.0%} to {share.high:.0%})")
    only_right, only_published = _pairs(material, width)
    chance = sign_test(only_right, only_published)
    return [str(width), *cells, f"{only_right} : {only_published}", f"{chance:.2g}", _verdict(material, width)]


def _is_bug(material: Material, width: int) -> bool:
    """Whether the errors cost runs of this width."""
    only_right, only_published = _pairs(material, width)
    return only_right > only_published and sign_test(only_right, only_published) < CHANCE


def _verdict(material: Material, width: int) -> str:
    """The seed, a bug, both, or the settings."""
    right = _learned(material, width, "autodiff")
    seed = 0 < sum(right) < len(right)
    if _is_bug(material, width):
        return "a bug, and the seed" if seed else "a bug"
    if seed:
        return "the seed; a bug isn't shown"
    return "neither: all learn it" if all(right) else "neither: no seed learns it"


def _answer(material: Material) -> str:
    """The question's answer in a sentence."""
    widths = material.plan.widths
    bug = [str(width) for width in widths if _is_bug(material, width)]
    seed = [str(w) for w in widths if 0 < sum(_learned(material, w, "autodiff")) < material.plan.xor_seeds]
    none = [str(width) for width in widths if not any(_learned(material, width, "autodiff"))]
    answers = []
    if bug:
        answers.append(
            f"It is the bug with {listed(bug)} hidden units, where the errors cost more runs than chance explains"
        )
    else:
        answers.append("These runs are too few to show that the errors cost any")
    if seed:
        answers.append(f"with {listed(seed)} the seed decides even where the gradients are right")
    if none:
        answers.append(f"with {listed(none)} no seed learns it in time")
    return "; ".join(answers) + "."
