"""A page of few runs that has every section, and a page in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.report import material, page, plan
from tasks.sweep.command import said

from . import browser

TINY = plan.Plan(
    seeds=1,
    epochs=2,
    linear_values={"learning-rate": (0.1,), "hidden-units": (50,)},
    widths=(1, 3),
    xor_seeds=2,
    longer=1,
)
"""As short as a page can be that has the whole of the report's XOR tables."""


@pytest.fixture(scope="session")
def trained() -> material.Material:
    """The runs of the short page."""
    return material.train(TINY, said)


@pytest.fixture(scope="session")
def text(trained: material.Material) -> str:
    """The short page."""
    return page.page(trained)


@pytest.fixture(scope="session")
def path(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The short page as a file."""
    written = tmp_path_factory.mktemp("page") / "report.html"
    written.write_text(text, encoding="utf-8")
    return written


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    """The browser, for all tests that look at the page."""
    if not browser.PATH.exists():
        pytest.skip(f"{browser.PATH} isn't there: apt-get install chromium")
    with browser.started(tmp_path_factory.mktemp("profile")) as started:
        yield started
