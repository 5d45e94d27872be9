"""The report's figures and tables as data, for comparison with a run."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def load() -> dict[str, Any]:
    """The contents of published.json: settings, losses, tables and the known errors.

    Examples
    --------
    >>> figure = load()["figure_12_xor"]
    >>> figure["last_epoch"], figure["losses"]["260"]
    (260, 0.000989913869392099)
    """
    text = resources.files("tasks").joinpath("published.json").read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads(text)
    return figures
