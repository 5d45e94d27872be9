"""``python -m autodiff.check FILE --loss NAME --gradients NAME --params NAME``: `check_backprop` from the shell."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .backprop import check_backprop
from .backprop.report import RIGHT, WRONG

STATUS = {RIGHT: 0, WRONG: 1}
UNCHECKED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the functions of a file; 0 where the gradients are right, 1 wrong, 2 where they can't be checked."""
    parser = argparse.ArgumentParser(prog="python -m autodiff.check", description="Check hand-written backpropagation.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the Python file; it is imported, not run as a script")
    parser.add_argument("--loss", required=True, metavar="NAME", help="loss(params) -> one number")
    parser.add_argument("--gradients", required=True, metavar="NAME", help="gradients(params) -> dict of arrays")
    parser.add_argument("--params", required=True, metavar="NAME", help="dict of arrays, or a function that makes one")
    given = parser.parse_args(arguments)
    try:
        module = _imported(given.file)
        loss, gradients, params = (_named(module, name) for name in (given.loss, given.gradients, given.params))
        report = check_backprop(loss, gradients, params() if callable(params) else params)
    except Exception as error:  # of their code, too
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return UNCHECKED
    print(report)
    return STATUS.get(report.verdict, UNCHECKED)


def _imported(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.resolve().parent))
    spec.loader.exec_module(module)
    return module


def _named(module: Any, dotted: str) -> Any:
    """An object of a module; ``net.backward`` is found, too."""
    found = module
    for part in dotted.split("."):
        if not hasattr(found, part):
            names = ", ".join(name for name in vars(module) if not name.startswith("_"))
            raise NameError(f"{Path(module.__file__).name} has no {dotted}; it has {names}")
        found = getattr(found, part)
    return found


if __name__ == "__main__":
    sys.exit(main())
