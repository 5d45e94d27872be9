"""The page is whole, needs nothing from elsewhere, and says what the runs came to."""

from __future__ import annotations

import re

import pytest

from tasks import published
from tasks.report import page
from tasks.report.material import Material
from tasks.sweep.plan import TASKS
from tasks.sweep.remarks import percent

from .reading import Element, read

SECTIONS = ["setup", "network", "formulas", "results", "discussion", "extra", "errors", "seeds"]
FIGURES = published.load()


@pytest.fixture(scope="module")
def tree(text: str) -> Element:
    """The page, which parses: each element is closed where it should be."""
    return read(text)


def test_every_section_in_order(tree: Element) -> None:
    """The report's order, and the way to each section at the top."""
    assert [section.attributes["id"] for section in tree.all("section")] == SECTIONS
    nav = next(tree.all("nav"))
    titles = {section.attributes["id"]: next(section.all("h2")).text for section in tree.all("section")}
    assert {link.attributes["href"][1:]: link.text for link in nav.all("a")} == titles


def test_nothing_from_elsewhere(text: str, tree: Element) -> None:
    """No script, no address, no file: what is referred to is in the page."""
    assert not re.search(r"https?:|<script|\son\w+=|@import|@font-face", text)
    for element in tree.all():
        for name, value in element.attributes.items():
            if name in ("href", "src", "srcset", "data"):
                assert value.startswith(("#", "data:image/png;base64,", "data:,")), value
    assert all(found == "url(#" for found in re.findall(r"url\(.", text))


def test_ids_are_unique_and_references_have_them(text: str, tree: Element) -> None:
    """An id stands for one element, and what is referred to exists."""
    ids = [element.attributes["id"] for element in tree.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    links = {e.attributes["href"][1:] for e in tree.all("a", "use") if "href" in e.attributes}
    labels = {e.attributes["aria-labelledby"] for e in tree.all() if "aria-labelledby" in e.attributes}
    assert links | labels | set(re.findall(r"url\(#([^)]*)\)", text)) <= set(ids)


def test_every_figure_has_words(tree: Element) -> None:
    """A title, a description and a caption, none of them empty."""
    figures = list(tree.all("figure"))
    assert {f"figure-{n}" for n in (9, 10, 14, 15, 16, 17)} <= {figure.attributes["id"] for figure in figures}
    for figure in figures:
        (svg,) = figure.all("svg")
        assert svg.attributes["role"] == "img"
        title, description = (next(svg.all(name)).text for name in ("title", "desc"))
        assert svg.attributes["aria-label"] == f"{title}. {description}"
        assert len(title) > 10
        assert len(description) > 20
        assert next(figure.all("figcaption")).text.startswith(("Figure", title[:10]))


def test_every_table_has_a_head(tree: Element) -> None:
    """A caption, heads for columns and rows, and as many cells in each row."""
    tables = list(tree.all("table"))
    assert {"table-11", "table-12", "table-check", "table-seeds"} <= {table.attributes["id"] for table in tables}
    for table in tables:
        assert next(table.all("caption")).text
        assert len({len(row) for row in table.rows()}) == 1
        assert all(next(row.all("th")).attributes["scope"] in ("row", "col") for row in table.all("tr"))


@pytest.mark.parametrize("name", ["learning-rate", "hidden-units"])
def test_xor_cells_are_as_published(tree: Element, name: str) -> None:
    """Every XOR cell of both tables comes out as the report has it, and is marked so."""
    rows = tree.by_id(f"table-{name}-xor").rows()[1:]
    entries = FIGURES[f"table_{name.replace('-', '_')}"]["xor"]
    for row, (value, accuracy, end_epoch) in zip(rows, entries, strict=True):
        assert row[:2] == [f"{value:g}", f"{accuracy:g}%"]
        assert row[3:5] == [str(end_epoch)] * 2
        assert row[2] == percent(100 * round(accuracy / 100 * 21) / 21)
        assert row[5] == "= the same"


def test_linear_cells_stand_beside_the_published(tree: Element, trained: Material) -> None:
    """The linear task's points are others: both values are there, the difference is marked, and the reason said."""
    (row,) = tree.by_id("table-learning-rate-linear").rows()[1:]
    (config,) = trained.plan.table("learning-rate", "linear", "published")[0]
    found = trained.row("linear", config)
    assert row[:5] == ["0.1", "99%", percent(100 * found.accuracy), "25", str(found.end_epoch)]
    gap = found.end_epoch - 25
    assert row[5].startswith("≠")
    assert f"{abs(gap)} epochs" in row[5]
    assert "The report gives no seed for its 100 points" in tree.by_id("discussion").text


def test_figure_12_to_the_digits(tree: Element) -> None:
    """All 17 printed losses stand beside ours, and every one of them has a sign for the same."""
    rows = tree.by_id("table-12").rows()[1:]
    printed = FIGURES["figure_12_xor"]["losses"]
    assert [row[:2] for row in rows] == [[epoch, repr(loss)] for epoch, loss in printed.items()]
    for row in rows:
        assert float(row[2]) == pytest.approx(float(row[1]), rel=1e-12, abs=0)
        assert row[3].startswith("=")


def test_both_wrong_lines_are_named(tree: Element) -> None:
    """check_backprop finds both errors of the published code, with their repair, and none in the corrected one."""
    section = tree.by_id("errors")
    findings = [element.text for element in section.all("div") if element.attributes.get("class") == "finding"]
    assert len(findings) == 2
    assert all("tasks/handwritten.py, line" in finding for finding in findings)
    assert 'tmp_parameters["a1"] = a2' in findings[0]
    assert "temp_s = sigmoid(dA2)" in findings[1]
    assert "temp_s = sigmoid(Z2)" in findings[1]
    assert "Of the corrected code it says: 6 of 6 are right" in section.text
    verdicts = {row[0]: row[2] for row in section.by_id("table-check").rows()[1:]}
    assert verdicts == dict.fromkeys(("W1", "b1", "W2", "b2"), "≠ wrong") | dict.fromkeys(("W3", "b3"), "= right")


def test_formulas_beside_the_derived_program(tree: Element) -> None:
    """Each layer has formulas, published lines and derived lines; the wrong ones are marked."""
    section = tree.by_id("formulas")
    columns = [element for element in section.all("div") if element.attributes.get("class") == "beside"]
    assert len(columns) == 3
    for layer, column in zip((3, 2, 1), columns, strict=True):
        assert len(list(column.all("math"))) == 4
        published_code, derived = (code.text for code in column.all("pre"))
        assert f"dW{layer} = 1 / 2 * np.dot(dZ{layer}" in published_code
        assert [line.split(" = ")[0] for line in derived.splitlines()] == [f"db{layer}", f"dW{layer}"]
    assert "sigmoid(dA2)" in columns[1].text
    assert "sigmoid(Z2)" not in columns[1].text
    rows = {row[0]: row[1:] for row in section.by_id("table-formulas").rows()[1:]}
    assert all(cells[2] == "= equal" for cells in rows.values())
    assert [cells[1][0] for cells in rows.values()] == list("==≠≠≠≠")


def test_graph_is_the_recorded_one(tree: Element) -> None:
    """Eight operations, six parameters, and the constants x, y and 1/2, by name."""
    svg = next(tree.by_id("figure-graph").all("svg"))
    names = [next(box.all("text")).text for box in svg.all("g") if box.attributes.get("class") == "box"]
    operations = ["linear"] * 3 + ["relu"] + ["sigmoid"] * 2 + ["binary_cross_entropy", "multiply"]
    assert sorted(names) == sorted([*operations, "W1", "b1", "W2", "b2", "W3", "b3", "x", "y", "0.5"])
    assert len(list(svg.all("path"))) == 2 * 16


def test_settings_beside_the_defaults(tree: Element) -> None:
    """Figure 2's defaults, with the settings used and whether they are the same."""
    rows = {row[0]: row[1:] for row in tree.by_id("table-setup").rows()[1:]}
    assert rows["hidden units"] == ["5", "≠ 10", "≠ 100", "≠ 10", "varied"]
    assert rows["seed of the weights"] == ["0", "= 0", "= 0", "= 0", "= 0"]


def test_empty_sections_are_filled(tree: Element) -> None:
    """4c, 5a and 5b have a row for each value and each task."""
    assert [row[0] for row in tree.by_id("table-none").rows()[1:]] == list(TASKS)
    for task in TASKS:
        assert len(tree.by_id(f"table-optimizer-{task}").rows()) == 1 + 8
        assert "none" in [row[0] for row in tree.by_id(f"table-activation-{task}").rows()]
    assert "16 of the 21 points" in tree.by_id("discussion").text


def test_price_is_that_of_the_runs(tree: Element, trained: Material) -> None:
    """What the errors cost is worked out from the runs of the table above it."""
    section = tree.by_id("errors")
    ends = {row[0]: int(row[2]) for row in section.by_id("table-cost").rows()[1:]}
    assert ends["xor, published"] == 260
    assert ends["xor, corrected"] == ends["xor, autodiff"]
    late = ends["xor, published"] - ends["xor, corrected"]
    assert f"xor: with the errors the run ends {late} epochs later" in section.text


def test_seeds_that_fail_are_accounted_for(tree: Element, trained: Material) -> None:
    """Each width has its counts, and each failed run is of one kind."""
    rows = tree.by_id("table-seeds").rows()[1:]
    assert [row[0] for row in rows] == [str(width) for width in trained.plan.widths]
    for row, width in zip(rows, trained.plan.widths, strict=True):
        learned = sum(run.accuracy == 1 for run in trained.seeds(width, "autodiff"))
        assert row[2].startswith(f"{learned} of {trained.plan.xor_seeds} (")
    for _, failed, *kinds in (row[:5] for row in tree.by_id("table-failures").rows()[1:]):
        assert sum(map(int, kinds)) == int(failed)


def test_same_runs_give_the_same_page(trained: Material, text: str) -> None:
    """Nothing in it depends on the hour, or on what was drawn before."""
    assert page.page(trained) == text


def test_short_page_says_what_it_lacks(tree: Element) -> None:
    """A page of fewer runs names what was cut."""
    said = next(tree.all("header")).text
    assert "A quick page." in said
    assert "2 instead of 20 seeds" in said


def test_no_path_of_this_machine(text: str) -> None:
    """Code is named by its place in the project."""
    assert "/tmp" not in text
    assert "/home" not in text
    assert "site-packages" not in text
