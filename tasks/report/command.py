"""The command `python -m tasks report`.

Exit status: 0 the page is written, 1 a run failed or the page couldn't be written, 2 wrong input, a folder that can't
be written, or no matplotlib, 130 broken off with Ctrl-C. An earlier page is left as it was in each case but 0.
"""

from __future__ import annotations

import argparse
import errno
import importlib.util
import sys
from pathlib import Path
from typing import Any

from tasks import outputs, progress
from tasks.sweep import files
from tasks.sweep.command import said

DONE, FAILED, INTERRUPTED = 0, 1, 130
PAGE = "report.html"
SUMMARY = "the lab report run anew, as one page"
DETAILS = (
    "Train everything that the lab report trained, and what it left out, and write one page (report.html) with its "
    "figures and tables beside the published ones. The page needs no network."
)
MISSING = "the figures need matplotlib: python -m pip install 'mini-autodiff[tasks]'"


def add_to(commands: Any) -> None:
    """Add the command to the others."""
    command = commands.add_parser("report", help=SUMMARY, description=DETAILS, allow_abbrev=False)
    command.set_defaults(error=command.error)
    command.add_argument("--out", type=Path, metavar="DIR", default=Path("runs", "report"), help=f"folder for {PAGE}")
    command.add_argument("--quick", action="store_true", help="fewer seeds, epochs and values: a minute for ten")


def main(options: argparse.Namespace) -> int:
    """Do what the command line says, and return the exit status."""
    if importlib.util.find_spec("matplotlib") is None:
        options.error(MISSING)
    path: Path = options.out / PAGE
    try:
        outputs.prepare(options.out)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
    except OSError as error:
        options.error(f"can't write to {error.filename}: {error.strerror}")
    try:
        return _write(path, options.quick)
    except KeyboardInterrupt:
        print("report: interrupted; no page is written", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"report: can't write to {error.filename or path}: {error.strerror}", file=sys.stderr)
        return FAILED


def _write(path: Path, quick: bool) -> int:
    """Train, and write the page in one piece."""
    from tasks.report import material, page, plan  # Here, for matplotlib takes long to import and is an extra.

    try:
        text = page.page(material.train(plan.QUICK if quick else plan.WHOLE, said))
    except material.RunsFailedError as failed:
        print(f"report: no page is written: {failed}", file=sys.stderr)
        return FAILED
    files.replace(path, lambda part: part.write_text(text, encoding="utf-8"))
    progress.say(f"report: {path}")
    return DONE
