"""The command `python -m tasks`: train the report's networks and keep what came of it.

Exit status: 0 trained, 1 the loss stopped being finite, 2 wrong input or a folder that can't be written,
130 broken off with Ctrl-C. What was trained is saved in each case but 2.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, get_args

from tasks import linear, outputs, progress, xor
from tasks.networks import Compile, Gradients
from tasks.report import command as report
from tasks.sweep import command as sweep
from tasks.training import Result, Task, Training

TASKS = {task.name: task for task in (linear.TASK, xor.TASK)}
TRAINED, DIVERGED, MISUSED, INTERRUPTED = 0, 1, 2, 130

ALL = "both, one after the other"
NUMBERS: dict[str, tuple[type[int | float], str, str]] = {
    "hidden": (int, "N", "units in each hidden layer"),
    "lr": (float, "RATE", "learning rate"),
    "epochs": (int, "N", "passes over the points, at most"),
    "seed": (int, "N", "seed of the initial weights"),
    "stop_loss": (float, "LOSS", "stop when the loss shown for an epoch is below it"),
}
GRADIENTS = "recorded, hand-written, or hand-written with the report's errors"
COMPILE = "by which back end steps on recorded operations are compiled; auto: by NumPy where it pays (default: auto)"
SETTINGS = (*NUMBERS, "gradients")


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with status 2."""
        self.exit(MISUSED, f"{self.prog}: {message}\n")


@dataclass(frozen=True)
class Run:
    """A training that was found to be possible, with the folder for its files."""

    task: Task
    training: Training
    folder: Path
    figures: bool
    quiet: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit status."""
    options = _parser().parse_args(argv)
    if options.task is None:
        print(_overview())
        return TRAINED
    if options.task == "sweep":
        return sweep.main(options)
    if options.task == "report":
        return report.main(options)
    # Every run is made ready before the first one trains, so that a mistake costs nobody an hour.
    try:
        runs = _runs(options)
    except (TypeError, ValueError) as error:
        options.error(str(error))
    except OSError as error:
        options.error(f"can't write to {error.filename}: {error.strerror}")
    return _train_all(runs, options.error)


def _train_all(runs: list[Run], fail: Callable[[str], NoReturn]) -> int:
    """Train one after the other, and return the exit status: that of the worst, or of the one broken off."""
    status = TRAINED
    for run in runs:
        try:
            status = max(status, _train(run))
        except OSError as error:
            fail(f"can't write to {run.folder}: {error.strerror}")
        except KeyboardInterrupt:
            return INTERRUPTED
        if status == INTERRUPTED:
            break
    return status


def _parser() -> Parser:
    """The command line: a task, and the same options for each."""
    parser = Parser(prog="python -m tasks", description="Train the report's networks.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="task", metavar="TASK", title="tasks")
    for name, summary in (*((task.name, task.summary) for task in TASKS.values()), ("all", ALL)):
        command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        command.set_defaults(error=command.error)
        _add_options(command, name)
    sweep.add_to(commands)
    report.add_to(commands)
    return parser


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options of one command; only their help knows the defaults, which are the task's own."""
    config = TASKS[name].config() if name in TASKS else None

    def text(setting: str, about: str) -> str:
        return f"{about} (default: {getattr(config, setting)})" if config else f"{about} (default: the task's)"

    for setting, (kind, metavar, about) in NUMBERS.items():
        option = "--" + setting.replace("_", "-")
        command.add_argument(option, type=kind, metavar=metavar, help=text(setting, about))
    command.add_argument("--gradients", choices=get_args(Gradients), help=text("gradients", GRADIENTS))
    command.add_argument("--compile", choices=get_args(Compile), default="auto", help=COMPILE)
    where = f"runs/{name}" if config else "runs, with a folder in it for each task"
    command.add_argument("--out", type=Path, metavar="DIR", help=f"folder for the files (default: {where})")
    command.add_argument("--no-figures", action="store_true", help="leave out the two PNG files")
    command.add_argument("--quiet", action="store_true", help="print the accuracy only, not the epochs")


def _overview() -> str:
    """The tasks with their settings, for who types no task."""
    lines = ["Train the report's networks: python -m tasks TASK", ""]
    for task in TASKS.values():
        config = task.config()
        lines.append(f"  {task.name:<8}{task.summary}")
        settings = f"hidden {config.hidden}, lr {config.lr:g}, epochs {config.epochs}, seed {config.seed}"
        lines.append(f"{'':10}{settings}")
    lines += [f"  {'all':<8}{ALL}", f"  {'sweep':<8}{sweep.SUMMARY}", f"  {'report':<8}{report.SUMMARY}"]
    lines += ["", "python -m tasks TASK --help shows the options."]
    return "\n".join(lines)


def _runs(options: argparse.Namespace) -> list[Run]:
    """The runs that the options ask for, each with its folder ready to be written."""
    chosen = list(TASKS.values()) if options.task == "all" else [TASKS[options.task]]
    if options.compile == "numba" and importlib.util.find_spec("numba") is None:
        raise ValueError("--compile numba: numba isn't installed; python -m pip install 'mini-autodiff[compile]'")
    settings: dict[str, Any] = {name: getattr(options, name) for name in SETTINGS if getattr(options, name) is not None}
    figures = not options.no_figures and _has_matplotlib()
    runs = []
    for task in chosen:
        training = Training(task.config(**settings), task.points(), options.compile)
        runs.append(Run(task, training, _folder(options, task), figures, options.quiet))
    for run in runs:
        outputs.prepare(run.folder)
    _hint(options)
    return runs


def _folder(options: argparse.Namespace, task: Task) -> Path:
    """Where a task's files go: to --out itself, or to a folder in it where there are several tasks."""
    if options.out is None:
        return Path("runs") / task.name
    out: Path = options.out
    return out / task.name if options.task == "all" else out


def _has_matplotlib() -> bool:
    """Whether figures can be drawn, found out without the time that importing it takes."""
    return importlib.util.find_spec("matplotlib") is not None


def _hint(options: argparse.Namespace) -> None:
    """Say once what is missing for want of the extra packages; the training itself needs none of them."""
    missing = []
    if not options.no_figures and not _has_matplotlib():
        missing.append("figures (matplotlib)")
    if not options.quiet and progress.wants_bar() and not progress.has_tqdm():
        missing.append("progress bar (tqdm)")
    if missing:
        print(f"no {' and no '.join(missing)}: python -m pip install 'mini-autodiff[tasks]'", file=sys.stderr)


def _train(run: Run) -> int:
    """Train, save what came of it, say how it went, and return the exit status."""
    interrupted = False
    try:
        with progress.shown(run.training.config.epochs, run.quiet) as show:
            run.training.run(show)
    except KeyboardInterrupt:
        interrupted = True
    result = run.training.result()
    outputs.save(run.folder, run.task.name, result, run.training.points, run.figures)
    if interrupted:
        print(f"{run.task.name}: interrupted {_after(result)}, saved in {run.folder}", file=sys.stderr)
    elif result.diverged:
        print(
            f"{run.task.name}: diverged in epoch {result.last_epoch} (loss = {result.loss}), "
            f"the parameters from before it are in {run.folder}",
            file=sys.stderr,
        )
    progress.say(f"{run.task.name}: accuracy = {100 * result.accuracy:.2f} %")
    return INTERRUPTED if interrupted else DIVERGED if result.diverged else TRAINED


def _after(result: Result) -> str:
    """When a training was broken off."""
    return "before the first epoch ended" if result.last_epoch is None else f"after epoch {result.last_epoch}"


if __name__ == "__main__":
    sys.exit(main())
