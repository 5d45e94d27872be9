"""The page in a real browser: it opens from its file, asks for nothing, and fits on a screen, a phone and paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .browser import Browser

FIGURES = """[...document.querySelectorAll("figure svg")].map(svg => {
    const box = svg.getBoundingClientRect();
    return [svg.closest("figure").id, box.left, box.right, box.width, box.height, getComputedStyle(svg).visibility];
})"""
SCROLLS = """[...document.querySelectorAll(".scroll, pre")].map(box => box.getBoundingClientRect().right)"""


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest, chromium: Browser, path: Path) -> int:
    """The page is open at this width."""
    chosen: int = request.param
    chromium.open(path, chosen)
    return chosen


def test_no_word_on_the_console(chromium: Browser, width: int) -> None:
    """No error, no warning, and no exception; the page's own policy has nothing to refuse either."""
    assert chromium.value("document.title").startswith("Backpropagation")
    assert chromium.value("document.compatMode") == "CSS1Compat"
    assert chromium.happened("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown") == []


def test_no_request(chromium: Browser, width: int) -> None:
    """The file itself is all that is asked for: images are in it, and there is no script."""
    urls = [request["request"]["url"] for request in chromium.happened("Network.requestWillBeSent")]
    assert urls[0].startswith("file://")
    assert all(url.startswith("data:") for url in urls[1:])
    assert chromium.happened("Network.webSocketCreated", "Network.loadingFailed") == []
    assert chromium.value("document.scripts.length") == 0


def test_every_figure_can_be_seen(chromium: Browser, width: int) -> None:
    """Each has a size, and lies inside the screen."""
    figures = chromium.value(FIGURES)
    assert len(figures) >= 13
    for name, left, right, wide, high, visibility in figures:
        assert wide > 200, name
        assert high > 100, name
        assert left >= 0, name
        assert right <= width, name
        assert visibility == "visible", name


def test_page_doesn_t_move_sideways(chromium: Browser, width: int) -> None:
    """Tables and code that are wider than the screen scroll in their own boxes."""
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value("document.body.scrollWidth") <= width
    assert max(chromium.value(SCROLLS)) <= width


def test_letters_in_figures_can_be_read_on_a_phone(chromium: Browser, path: Path) -> None:
    """A figure isn't shrunk by more than a third."""
    chromium.open(path, 390)
    drawn = "svg => svg.getBoundingClientRect().width / (svg.viewBox.baseVal.width * 4 / 3)"
    shrunk = chromium.value(f'[...document.querySelectorAll("figure svg")].map({drawn})')
    assert min(shrunk) > 0.66


def test_formulas_are_typeset(chromium: Browser, path: Path) -> None:
    """Fractions stand higher than a line, so MathML is understood."""
    chromium.open(path, 1280)
    heights = chromium.value('[...document.querySelectorAll("mfrac")].map(f => f.getBoundingClientRect().height)')
    assert min(heights) > 15


def test_dark_screen_has_dark_paper_and_white_figures(chromium: Browser, path: Path) -> None:
    """Who asks for dark gets it; figures stay as they were drawn."""
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    chromium.call("Emulation.setEmulatedMedia", features=dark)
    try:
        chromium.open(path, 1280)
        assert chromium.value("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"
        figure = 'getComputedStyle(document.querySelector("figure svg")).backgroundColor'
        assert chromium.value(figure) == "rgb(255, 255, 255)"
    finally:
        chromium.call("Emulation.setEmulatedMedia", features=[])


def test_prints(chromium: Browser, path: Path) -> None:
    """On paper it is a few pages, with nothing cut off at the side."""
    chromium.open(path, 1280)
    pages = len(re.findall(rb"/Type\s*/Page\b", chromium.printed()))
    assert 5 <= pages <= 40
    # As wide as A4 between its margins.
    chromium.call("Emulation.setEmulatedMedia", media="print")
    try:
        chromium.open(path, 718)
        assert chromium.value("document.documentElement.scrollWidth") <= 718
    finally:
        chromium.call("Emulation.setEmulatedMedia", media="")
