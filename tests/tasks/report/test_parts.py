"""The parts that the page is put together from."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodiff import Tensor
from tasks.report import figures, graph, html, marks, plan
from tasks.report.mathml import mathml
from tasks.report.svg import inline
from tasks.sweep.intervals import share_interval, sign_test
from tasks.sweep.plan import SWEEPS
from tasks.sweep.remarks import published_cell

from .reading import read


@given(st.text(), st.text())
def test_no_text_breaks_the_page(words: str, label: str) -> None:
    """Whatever a text has in it, it comes out as text; characters that HTML can't have excepted."""
    words, label = ("".join(c for c in text if c.isprintable()) for text in (words, label))
    (element,) = read(html.element("p", words, aria_label=label)).all("p")
    assert element.text == words
    assert element.attributes == {"aria-label": label}


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a_1", "<msub><mi>a</mi><mn>1</mn></msub>"),
        ("a_1^T", "<msubsup><mi>a</mi><mn>1</mn><mi>T</mi></msubsup>"),
        ("a^T_1", "<msubsup><mi>a</mi><mn>1</mn><mi>T</mi></msubsup>"),
        ("e^{-z}", "<msup><mi>e</mi><mrow><mo>−</mo><mi>z</mi></mrow></msup>"),
        (r"\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
    ],
)
def test_formulas(latex: str, expected: str) -> None:
    """Each construction becomes the element for it."""
    assert mathml(latex) == f'<math displaystyle="true"><mrow>{expected}</mrow></math>'


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.0, "0"),
        (0.25, "0.25"),
        (1e-4, "0.0001"),
        (9.99e-5, "1 × 10⁻⁴"),
        (-2.5e-16, "−2.5 × 10⁻¹⁶"),
        (3e5, "3 × 10⁵"),
        (math.nan, "not finite"),
    ],
)
def test_small_numbers(number: float, expected: str) -> None:
    """Powers of ten are raised."""
    assert marks.small(number) == expected


def test_difference_names_what_differs() -> None:
    """A sign and words for each, nothing for what is the same."""
    published = [(18, "point"), (300, "epoch")]
    assert read(marks.difference(published, [18, 300])).text == "= the same"
    assert read(marks.difference(published, [17, 300])).text == "≠ −1 point"
    assert read(marks.difference(published, [20, 143])).text == "≠ +2 points, −157 epochs"


def test_ids_of_two_figures_differ() -> None:
    """The same figure twice in a page shares no id, and nothing of its style leaves it."""
    curve = figures.Curve("run", [0.5, 0.1, math.nan])
    one, other = (inline(figures.losses([curve], 0.2), name, "A title", "Words.") for name in ("one", "other"))
    ids = [
        {e.attributes["id"] for e in read(text).all() if "id" in e.attributes and e.name != "title"}
        for text in (one, other)
    ]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert "<style" not in one
    assert "xmlns" not in one


def test_words_of_a_curve() -> None:
    """First, last and lowest loss; a run without a finite one has words, too."""
    assert figures.words([figures.Curve("run", [0.5, 0.1, 0.2])]) == (
        "run: 0.5 in epoch 0, 0.2 in epoch 2, lowest 0.1 in epoch 1."
    )
    assert "not finite in epoch 1" in figures.words([figures.Curve("run", [0.5, math.nan])])
    assert "no epoch has a finite loss" in figures.words([figures.Curve("run", [math.nan])])


@pytest.mark.parametrize("losses", [[math.nan], [0.0], [], [0.5, math.nan]])
def test_runs_that_went_wrong_can_be_drawn(losses: list[float]) -> None:
    """Without one positive loss there is no logarithmic axis, and no warning."""
    curve = figures.Curve("run", losses)
    assert inline(figures.losses([curve], 0.001), "bad", "A title", figures.words([curve]))


def test_graph_of_a_value_used_twice() -> None:
    """A box for each value, the constant among them, below all that it is made of."""
    x = Tensor(2.0, requires_grad=True, name="x")
    y = x * x
    boxes = graph.boxes(y * x * 3.0, {})
    assert sorted(box.name for box in boxes) == ["3", "multiply", "multiply", "multiply", "x"]
    for box in boxes:
        assert all(source.row > box.row for source in box.sources)
    assert len({(box.row, box.place) for box in boxes}) == len(boxes)
    assert read(graph.drawn(boxes, "g", "Graph"))


def test_intervals_are_scipy_s() -> None:
    """Wilson's interval and the sign test as SciPy has them."""
    stats = pytest.importorskip("scipy.stats")
    for successes, runs in ((0, 20), (4, 20), (20, 20), (1, 3)):
        expected = stats.binomtest(successes, runs).proportion_ci(method="wilson")
        np.testing.assert_allclose(share_interval(successes, runs), (expected.low, expected.high), atol=1e-12)
    for first, second in ((0, 6), (16, 1), (3, 3), (2, 5)):
        expected = stats.binomtest(first, first + second).pvalue
        assert sign_test(first, second) == pytest.approx(expected, rel=1e-12)
    assert sign_test(0, 0) == 1


@pytest.mark.parametrize("chosen", [plan.WHOLE, plan.QUICK])
def test_plans_vary_what_is_published(chosen: plan.Plan) -> None:
    """Each cell of the tables has a published one, and no run is trained twice."""
    runs = chosen.runs()
    assert len(runs) == len(set(runs))
    for task in ("linear", "xor"):
        for name in ("learning-rate", "hidden-units"):
            for (config,) in chosen.table(name, task, "published"):
                assert published_cell(SWEEPS[name], task, config) is not None


def test_whole_plan_is_the_whole_report() -> None:
    """All values of both tables, and 20 seeds."""
    assert plan.WHOLE.xor_seeds == 20
    for name, values in plan.WHOLE.linear_values.items():
        assert values == SWEEPS[name].values
