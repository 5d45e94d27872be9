"""The command as a user types it, and what its files say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "tasks", "sweep"]


def environment() -> dict[str, str]:
    """The environment in which `-m tasks` is this project's."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path}


def start(folder: Path, *options: str, **popen: Any) -> subprocess.Popen[str]:
    """Start the command in a folder."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*COMMAND, *options], cwd=folder, env=environment(), **pipes, **popen)


def results(folder: Path) -> list[str]:
    """The whole lines of results.jsonl in order, without the seconds."""
    lines = (folder / "results.jsonl").read_text().splitlines(keepends=True)
    entries = [json.loads(line) for line in lines if line.endswith("\n")]
    return sorted(json.dumps({name: value for name, value in entry.items() if name != "seconds"}) for entry in entries)
