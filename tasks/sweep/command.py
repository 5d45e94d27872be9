"""The command `python -m tasks sweep`.

Exit status: 0 every run ended, 1 a run failed or a file couldn't be written, 2 wrong input or a folder that can't
be written, 130 broken off with Ctrl-C. Runs that ended are in results.jsonl in each case but 2.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from tasks import progress
from tasks.networks import Gradients
from tasks.sweep import executors, files, plan, scheduling, table
from tasks.sweep.results import TORN, Results
from tasks.sweep.rows import Row, Run
from tasks.sweep.running import carry_out
from tasks.sweep.scheduling import Failure
from tasks.sweep.settings import ACTIVATIONS, OPTIMIZERS, REPORTS, Config, activations, named

DONE, FAILED, INTERRUPTED = 0, 1, 130
SUMMARY = "vary one setting, as the tables of the report's sections 4 and 5"
EXAMPLE = "example: python -m tasks sweep learning-rate --task xor --gradients published"


def add_to(commands: Any) -> None:
    """Add the command to the others."""
    command = commands.add_parser(
        "sweep", help=SUMMARY, description=f"{SUMMARY[0].upper()}{SUMMARY[1:]}.", epilog=EXAMPLE, allow_abbrev=False
    )
    command.set_defaults(error=command.error)
    names = f"{', '.join(ACTIVATIONS)}; two with a plus, as {named(REPORTS)}, for one in each hidden layer"
    command.add_argument("sweep", choices=plan.SWEEPS, help="what is varied")
    command.add_argument("--task", dest="on", choices=plan.TASKS, required=True, help="what is trained")
    command.add_argument("--values", nargs="*", metavar="VALUE", help="what it is varied over (default: the report's)")
    command.add_argument(
        "--seeds", type=int, default=1, metavar="N", help="seeds 0 to N - 1 for each value (default: 1)"
    )
    command.add_argument("--gradients", choices=get_args(Gradients), help="where they come from (default: autodiff)")
    command.add_argument("--activation", dest="activations", metavar="NAME", help=f"of the hidden layers: {names}")
    command.add_argument("--optimizer", metavar="NAME", help=f"one of {', '.join(OPTIMIZERS)} (default: sgd)")
    command.add_argument(
        "--epochs", type=int, metavar="N", help="passes over the points, at most (default: as the report)"
    )
    command.add_argument("--stop-loss", type=float, metavar="LOSS", help="stop below it; 0 never (default: 0.001)")
    command.add_argument("--executor", choices=executors.KINDS, default=executors.PROCESSES, help="who trains")
    command.add_argument("--workers", type=int, metavar="N", help="how many at once (default: as many as processors)")
    command.add_argument("--out", type=Path, metavar="DIR", help="folder for its files (default: in runs/sweep)")


@dataclass(frozen=True)
class Request:
    """A sweep that was found to be possible."""

    sweep: plan.Sweep
    task: str
    configs: list[list[Config]]
    pool: scheduling.Pool
    folder: Path
    results: Results

    @property
    def runs(self) -> list[Run]:
        """All of them, in the table's order."""
        return [Run(self.task, config) for cell in self.configs for config in cell]


def main(options: argparse.Namespace) -> int:
    """Do what the command line says, and return the exit status."""
    try:
        request = _request(options)
    except (TypeError, ValueError) as error:
        options.error(str(error))
    except OSError as error:
        options.error(f"can't write to {error.filename}: {error.strerror}")
    _hint()
    try:
        return _carry_out(request)
    except OSError as error:
        path = error.filename or request.folder
        way_out = f"the runs in {request.results.path} are whole, and the same command goes on from them"
        print(f"sweep: can't write to {path}: {error.strerror}; {way_out}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(f"sweep: interrupted; the same command goes on from {request.results.path}", file=sys.stderr)
        return INTERRUPTED


def _request(options: argparse.Namespace) -> Request:
    """The sweep that the options ask for, with its folder ready to be written."""
    sweep = plan.SWEEPS[options.sweep]
    settings = _settings(options)
    values = None if options.values is None else _values(sweep, options.values)
    if values is None and sweep.field in settings:
        values = [settings.pop(sweep.field)]
    configs = plan.configs(sweep, options.on, values, options.seeds, **settings)
    pool = executors.pool(options.executor, options.workers)
    folder = options.out or Path("runs", "sweep", f"{sweep.name}-{options.on}")
    return Request(sweep, options.on, configs, pool, folder, Results(folder))


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """What is to be other than usual."""
    names = ("gradients", "activations", "optimizer", "epochs", "stop_loss")
    settings = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if "activations" in settings:
        settings["activations"] = activations(settings["activations"])
    return settings


def _values(sweep: plan.Sweep, typed: list[str]) -> list[Any]:
    """The values, with spaces or commas between them."""
    texts = [text.strip() for argument in typed for text in argument.split(",")]
    if not any(texts):
        return []
    values = []
    for text in texts:
        try:
            values.append(sweep.read(text))
        except ValueError:
            raise ValueError(f"{sweep.title} can't be {text!r}") from None
    return values


def _hint() -> None:
    """Say once what is missing for want of the extra packages."""
    wanted = {"matplotlib": "figure", "threadpoolctl": "limit of one BLAS thread a worker"}
    if progress.wants_bar():
        wanted["tqdm"] = "progress bar"
    missing = [f"{what} ({name})" for name, what in wanted.items() if importlib.util.find_spec(name) is None]
    if missing:
        print(f"no {' and no '.join(missing)}: python -m pip install 'mini-autodiff[tasks]'", file=sys.stderr)


def _carry_out(request: Request) -> int:
    """Train, write the files, print the table, and return the exit status."""
    found = {row.run for row in request.results.rows} & set(request.runs)
    if request.results.torn:
        print(f"sweep: the last line of {request.results.path} was torn; it is in {TORN} now", file=sys.stderr)
    if found:
        progress.say(f"{len(found)} of {len(request.runs)} runs are in {request.results.path} already")
    with progress.shown_runs(len(request.runs), len(found)) as show:
        outcome = carry_out(request.runs, request.pool, request.results, lambda outcome: show(said(outcome)))
    cells = table.cells(request.configs, outcome.rows)
    text = table.markdown(request.sweep, request.task, cells)
    progress.say(text)
    files.write(request.folder, text, request.sweep, table.title(request.sweep, request.task, cells), cells)
    for failure in outcome.failures:
        print(f"sweep: {said(failure)}", file=sys.stderr)
    return FAILED if outcome.failures else DONE


def said(outcome: Row | Failure) -> str:
    """A run and what came of it, in a line."""
    config = outcome.run.config
    run = (
        f"{outcome.run.task}, {config.hidden} hidden units, learning rate {config.lr:g}, "
        f"{named(config.activations)}, {config.optimizer}, {config.gradients} gradients, seed {config.seed}"
    )
    if isinstance(outcome, Failure):
        return f"{run}: failed: {outcome.reason}"
    cell = table.Cell([config], [outcome])
    return f"{run}: accuracy = {cell.accuracy}, end epoch = {cell.end_epoch}"
