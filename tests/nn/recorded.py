"""What PyTorch said, as `record_torch_values` wrote it down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORDED: dict[str, Any] = json.loads(Path(__file__).with_name("torch_values.json").read_text())


def name_of(entry: dict[str, Any]) -> str:
    """A name for a recorded call or trajectory, for the test's report."""
    call = entry["origin"].partition(": ")[2].partition(", backward")[0]
    return f"{entry.get('settings', call)} in {entry['dtype']}"
