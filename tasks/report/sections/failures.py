"""Why runs with right gradients don't learn XOR: what became of them when they were trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tasks import data, handwritten
from tasks.report import html
from tasks.report.html import Html
from tasks.report.marks import counted
from tasks.report.material import Material
from tasks.report.plan import COMPARED, STOP_LOSS
from tasks.sweep.remarks import RIGHT_OF_A_LINE, percent
from tasks.sweep.rows import Row


def why(material: Material) -> list[Html]:
    """What became of the runs with right gradients that failed, when they were trained on."""
    longer = material.plan.longer
    head = [
        "Hidden units", "Failed", "Ended too soon by the rule", f"Too few epochs ({longer} times as many do)",
        "Stuck even then", "ReLU units alive: not stuck", "ReLU units alive: stuck",
    ]  # fmt: skip
    rows = [_fates(material, width) for width in material.plan.widths if width > 1]
    line = RIGHT_OF_A_LINE["xor"]
    total = len(data.xor_points()[0])
    one = [material.seeds(1, kind) for kind in COMPARED] if 1 in material.plan.widths else []
    best = max((row.accuracy for runs in one for row in runs), default=0.0)
    notes = [
        (
            f"Ended too soon: the last point's loss fell below {STOP_LOSS:g} while others were wrong. Too few "
            f"epochs: trained anew without that rule and with {longer} times as many epochs, the run learns it. "
            "Stuck: not even then."
        ),
        (
            "A first-layer unit is alive from the start if one of its two weights is positive: the points have no "
            "negative coordinates and biases start at 0, so that with both weights negative its ReLU gives 0 at every "
            "point and gets no gradient, ever. That depends on the seed alone. The last two columns are means."
        ),
        _diverged(material),
    ]
    if one:
        notes.append(
            "With 1 hidden unit the output rises or falls along one direction only, so that its border is one straight "
            f"line, which has {line} of {total} points right at best; the best run here has {percent(100 * best)}."
        )
    return [
        html.table("table-failures", "Runs with right gradients that didn't learn XOR", head, rows),
        html.bullets(notes),
    ]


def _fates(material: Material, width: int) -> list[str]:
    """How the failed runs of one width divide, and the units that they started with."""
    rows = material.seeds(width, "autodiff")
    failed = [row for row in rows if row.accuracy < 1]
    later = [material.rows[material.plan.longer_run(row.run)] for row in failed]
    stuck = [row for row, long in zip(failed, later, strict=True) if long.accuracy < 1]
    early = [row for row in failed if row.stopped_early and row not in stuck]
    learned = [row for row in rows if row not in stuck]
    few = len(failed) - len(early) - len(stuck)
    counts = [len(failed), len(early), few, len(stuck)]
    return [str(width), *map(str, counts), *(_alive(group) for group in (learned, stuck))]


def _alive(rows: Sequence[Row]) -> str:
    """How many units of the first layer aren't 0 at every point before training, in the mean."""
    if not rows:
        return ""
    alive = []
    for row in rows:
        W1 = handwritten.init_weight(2, row.config.hidden, 1, row.config.seed)["W1"]
        alive.append(int((W1 > 0).any(axis=1).sum()))
    return f"{np.mean(alive):.3g}"


def _diverged(material: Material) -> str:
    """How the runs with the report's code failed besides."""
    rows = [row for width in material.plan.widths for row in material.seeds(width, "published")]
    failed = [row for row in rows if row.accuracy < 1]
    early = sum(row.stopped_early for row in failed)
    diverged = sum(row.diverged for row in rows)
    return (
        f"Of {counted(len(rows), 'run')} with the published code {len(failed)} failed: the rule ended {early} of "
        f"these too soon, and {diverged} diverged."
    )
