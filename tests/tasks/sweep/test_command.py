"""The command `python -m tasks sweep`: its options, its files and its words."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tasks.__main__ import main
from tasks.sweep import executors, figure, plan, running, scheduling, table
from tasks.sweep.intervals import student_quantile
from tasks.sweep.rows import Row
from tasks.sweep.settings import Config

from . import commands

# mpich from PyPI puts mpiexec beside python.
MPI = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
QUICK = ["--gradients", "corrected", "--epochs", "3"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder of its own; its runs in a thread, which starts faster than processes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(executors, "_processes", lambda _: scheduling.Pool(lambda _: ThreadPoolExecutor(1), 1))


def cells(text: str) -> list[list[str]]:
    """The rows of the Markdown table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("task", ["linear", "xor"])
@pytest.mark.parametrize("name", plan.SWEEPS)
def test_sweeps_leave_three_files(name: str, task: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every sweep writes results, table and figure, and prints the table that it writes."""
    assert main(["sweep", name, "--task", task, "--epochs", "1"]) == 0
    folder = Path("runs/sweep", f"{name}-{task}")
    assert {path.name for path in folder.iterdir()} == {"results.jsonl", "table.md", "learning_curves.png"}
    text = (folder / "table.md").read_text()
    assert text in capsys.readouterr().out
    assert len(cells(text)) == len(commands.results(folder)) == len(plan.SWEEPS[name].values)


def test_report_s_columns() -> None:
    """The columns are the report's, with its numbers."""
    assert main(["sweep", "learning-rate", "--task", "xor", *QUICK, "--values", "0.1,0.01", "--out", "a/b"]) == 0
    text = Path("a/b/table.md").read_text()
    head = next(line for line in text.splitlines() if line.startswith("|"))
    assert [cell.strip() for cell in head.strip("|").split("|")] == [
        *("hidden unit", "epochs", "Learning rate", "Acc", "End epoch"),
    ]
    rows = cells(text)
    assert [row[:3] for row in rows] == [["10", "3", "0.1"], ["10", "3", "0.01"]]
    assert [row[4] for row in rows] == ["3", "3"]
    assert all(row[3].endswith("%") for row in rows)


def test_mean_and_interval_over_seeds() -> None:
    """With several seeds there are mean and interval, those of Student's formula."""
    assert main(["sweep", "hidden-units", "--task", "xor", *QUICK, "--values", "3", "--seeds", "5"]) == 0
    folder = Path("runs/sweep/hidden-units-xor")
    accuracies = [100 * accuracy_in(line) for line in commands.results(folder)]
    half = 2.7764451051977987 * np.std(accuracies, ddof=1) / np.sqrt(5)  # t of 4 degrees of freedom, from tables
    mean, low, high = (float(part.rstrip("%)")) for part in cell_parts((folder / "table.md").read_text()))
    assert (mean, low, high) == pytest.approx(
        (np.mean(accuracies), max(0, np.mean(accuracies) - half), np.mean(accuracies) + half), abs=0.006
    )


def accuracy_in(line: str) -> float:
    """The accuracy in a line of results."""
    accuracy: float = json.loads(line)["accuracy"]
    return accuracy


def cell_parts(text: str) -> list[str]:
    """Mean and ends of the only row's accuracy."""
    return cells(text)[0][3].replace("(", "").replace(" to", "").split()


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (9, 2.2622), (19, 2.0930), (30, 2.0423), (1000, 1.9623)],
)
def test_student_quantiles(freedom: int, quantile: float) -> None:
    """The two-sided 95 % quantiles of Student's distribution, as printed in tables."""
    assert student_quantile(freedom) == pytest.approx(quantile, abs=6e-5)


def test_diverged_cell_says_so() -> None:
    """A run whose loss stopped being finite says in which epoch, in the table and with several seeds as well."""
    options = ["sweep", "learning-rate", "--task", "xor", "--gradients", "corrected", "--values", "1e300", "0.01"]
    assert main([*options, "--epochs", "2", "--out", "one"]) == 0
    ends = [row[4] for row in cells(Path("one/table.md").read_text())]
    assert ends == ["diverged in epoch 0", "2"]
    assert main([*options, "--epochs", "2", "--seeds", "3", "--out", "three"]) == 0
    ends = [row[4] for row in cells(Path("three/table.md").read_text())]
    assert ends == ["3 of 3 diverged in epoch 0", "2 (2 to 2)"]


def test_goes_on_with_more(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for more seeds and values, it trains those alone; the runs of other settings stay in the file."""
    options = ["sweep", "hidden-units", "--task", "xor", *QUICK, "--out", "out"]
    assert main([*options, "--values", "2"]) == 0
    assert main([*options, "--values", "2", "3", "--seeds", "2"]) == 0
    output = capsys.readouterr().out
    assert "1 of 4 runs are in out/results.jsonl already" in output
    assert len(commands.results(Path("out"))) == 4
    assert main([*options, "--values", "3"]) == 0
    assert "1 of 1 runs are in out/results.jsonl already" in capsys.readouterr().out
    assert len(commands.results(Path("out"))) == 4
    assert len(cells(Path("out/table.md").read_text())) == 1


def test_torn_line_is_said_and_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    """A torn last line is moved, said, and its run repeated."""
    options = ["sweep", "hidden-units", "--task", "xor", *QUICK, "--values", "2", "3", "--out", "out"]
    assert main(options) == 0
    before = commands.results(Path("out"))
    path = Path("out/results.jsonl")
    path.write_bytes(path.read_bytes()[:-7])
    assert main(options) == 0
    assert "the last line of out/results.jsonl was torn; it is in results.torn now" in capsys.readouterr().err
    assert commands.results(Path("out")) == before


@pytest.mark.parametrize("task", ["linear", "xor"])
def test_without_activations(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Section 4c: trained to the end, a network without activations learns the linear task and not XOR."""
    options = ["--values", "none", "relu+sigmoid", "--epochs", "200"]
    assert main(["sweep", "activation", "--task", task, *options]) == 0
    text = capsys.readouterr().out
    accuracy = float(cells(text)[0][4].rstrip("%"))
    assert "Without activation functions the three layers are one" in text
    if task == "linear":
        assert accuracy >= 95
        assert "divided by one" in text
    else:
        assert accuracy <= 100 * 16 / 21
        assert "No straight line divides XOR's labels: it has 16 of the 21 points" in text
        assert float(cells(text)[1][4].rstrip("%")) >= 95


def test_early_end_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the report's rule to stop ends a run that hasn't learnt all points, that is said."""
    options = ["sweep", "activation", "--task", "xor", "--values", "relu", "--stop-loss", "0.001"]
    assert main(options) == 0
    text = capsys.readouterr().out
    assert int(cells(text)[0][5]) < 300
    assert "The run ended while some points were on the wrong side" in text


def test_figure_has_a_curve_for_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """One panel a value, one curve a seed with every epoch's loss, and a cross where a run diverged."""
    sweep = plan.SWEEPS["learning-rate"]
    settings = {"gradients": "corrected", "epochs": 3}
    configs = plan.configs(sweep, "xor", [0.1, 1e300], 2, **settings)
    with ThreadPoolExecutor(1) as executor:
        done = running.run("learning-rate", "xor", values=[0.1, 1e300], seeds=2, executor=executor, **settings)
    drawn = figure.learning_curves(sweep, "title", table.cells(configs, done.rows))
    fine, diverged = drawn.axes
    losses = [line.get_ydata() for line in fine.lines if len(line.get_xdata()) == 3]
    assert [list(loss) for loss in losses] == [list(row.losses) for row in done.rows[:2]]
    assert [line.get_marker() for line in diverged.lines].count("X") == 2
    assert "X" not in [line.get_marker() for line in fine.lines]
    assert "diverged in epoch 0" in diverged.get_title()


def test_one_bar_on_a_terminal() -> None:
    """On a terminal one bar counts all runs, those of an earlier command among them."""
    options = ["hidden-units", "--task", "xor", *QUICK, "--out", "out", "--workers", "1"]
    assert main(["sweep", *options, "--values", "2"]) == 0
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [*commands.COMMAND, *options, "--values", "2", "3", "4"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=commands.environment()) as process:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # Linux: the other end is closed.
            while chunk := os.read(ours, 4096):
                written += chunk
    os.close(ours)
    assert process.returncode == 0
    assert "1/3" in written.decode()
    assert "3/3" in written.decode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("mpiexec", path=MPI) is None, reason="needs the extra mpi")
def test_mpi_gives_the_same() -> None:
    """On an MPI job's two other ranks the results are those of a thread here."""
    options = ["sweep", "hidden-units", "--task", "xor", "--gradients", "published", "--epochs", "30", "--out"]
    mpiexec = shutil.which("mpiexec", path=MPI)
    assert mpiexec is not None
    command = [mpiexec, "-n", "3", sys.executable, "-m", "mpi4py.futures", "-m", "tasks", *options, "mpi"]
    subprocess.run([*command, "--executor", "mpi"], env=commands.environment(), check=True, timeout=300)
    assert main([*options, "here"]) == 0
    assert commands.results(Path("mpi")) == commands.results(Path("here"))


@pytest.mark.parametrize("name", ["hidden-units", "activation"])
def test_activation_option(name: str) -> None:
    """--activation is for all cells of a sweep; in the sweep over activations it is the value."""
    assert main(["sweep", name, "--task", "xor", "--activation", "none", "--epochs", "1"]) == 0
    lines = commands.results(Path("runs/sweep", f"{name}-xor"))
    assert len(lines) == (4 if name == "hidden-units" else 1)
    assert all('"activations": ["none", "none"]' in line for line in lines)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["learning-rate"], "the following arguments are required: --task"),
        (["momentum", "--task", "xor"], "argument sweep: invalid choice: 'momentum'"),
        (["learning-rate", "--task", "and"], "argument --task: invalid choice: 'and'"),
        (["learning-rate", "--task", "xor", "--values"], "values is empty"),
        (["learning-rate", "--task", "xor", "--values", ""], "values is empty"),
        (["learning-rate", "--task", "xor", "--values", " , "], "values is empty"),
        (["learning-rate", "--task", "xor", "--values", "0.1", "fast"], "learning rate can't be 'fast'"),
        (["learning-rate", "--task", "xor", "--values", "0.1,,0.2"], "learning rate can't be ''"),
        (["learning-rate", "--task", "xor", "--values", "nan"], "lr must be positive and finite, not nan"),
        (["learning-rate", "--task", "xor", "--values", "0"], "lr must be positive and finite, not 0.0"),
        (["learning-rate", "--task", "xor", "--values", "-1"], "lr must be positive and finite, not -1.0"),
        (["hidden-units", "--task", "xor", "--values", "1.5"], "hidden units can't be '1.5'"),
        (["hidden-units", "--task", "xor", "--values", "0"], "hidden must be a positive integer, not 0"),
        (["activation", "--task", "xor", "--values", "swish"], "activation must be one of none, relu, "),
        (["activation", "--task", "xor", "--values", "relu+swish"], "not 'swish'"),
        (["activation", "--task", "xor", "--values", "relu+tanh+relu"], "activation can't be 'relu+tanh+relu'"),
        (["activation", "--task", "xor", "--values", "relu", "--activation", "tanh"], "put it into values"),
        (["optimizer", "--task", "xor", "--values", "newton"], "optimizer must be one of sgd, "),
        (["hidden-units", "--task", "xor", "--optimizer", "newton"], "optimizer must be one of sgd, "),
        (["activation", "--task", "xor", "--gradients", "published"], "published gradients are written by hand for "),
        (["optimizer", "--task", "xor", "--gradients", "corrected"], "corrected gradients are written by hand for "),
        (["hidden-units", "--task", "xor", "--activation", "none", "--gradients", "published"], "and sgd alone"),
        (["hidden-units", "--task", "xor", "--optimizer", "adam", "--gradients", "corrected"], "and sgd alone"),
        (["hidden-units", "--task", "xor", "--seeds", "0"], "seeds must be a positive integer, not 0"),
        (["hidden-units", "--task", "xor", "--seeds", "two"], "argument --seeds: invalid int value: 'two'"),
        (["hidden-units", "--task", "xor", "--workers", "0"], "workers must be a positive integer, not 0"),
        (["hidden-units", "--task", "xor", "--executor", "dask"], "argument --executor: invalid choice: 'dask'"),
        (["hidden-units", "--task", "xor", "--executor", "mpi"], "executor mpi needs "),
        (["hidden-units", "--task", "xor", "--out", "file/below"], "can't write to file"),
    ],
)
def test_wrong_options(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is one line, with status 2, before anything is trained or written."""
    Path("file").write_text("in the way")
    with pytest.raises(SystemExit) as stopped:
        main(["sweep", *options])
    captured = capsys.readouterr()
    assert stopped.value.code == 2
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert message in captured.err
    assert [path.name for path in Path().rglob("*")] == ["file"]


def test_results_of_another_version(capsys: pytest.CaptureFixture[str]) -> None:
    """A file from another version is a line and status 2, and stays as it is."""
    Path("out").mkdir()
    path = Path("out/results.jsonl")
    path.write_text('{"version": 99, "task": "xor"}\n')
    with pytest.raises(SystemExit) as stopped:
        main(["sweep", "hidden-units", "--task", "xor", *QUICK, "--out", "out"])
    assert stopped.value.code == 2
    assert "out/results.jsonl, line 1, is from another version: choose another --out" in capsys.readouterr().err
    assert path.read_text() == '{"version": 99, "task": "xor"}\n'


def test_failed_run_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that fails is said, in the table as well; the others are there, and the status is 1."""
    options = ["--values", "2", "10000000", "3", "--out", "out"]
    assert main(["sweep", "hidden-units", "--task", "xor", *QUICK, *options]) == 1
    captured = capsys.readouterr()
    assert "too many units for the memory" in captured.err
    assert [row[3:] for row in cells(captured.out)][1] == ["", "failed"]
    assert len(commands.results(Path("out"))) == 2


def test_start_is_light() -> None:
    """Knowing the sweeps costs none of the extra packages."""
    look = "import sys; from tasks.__main__ import main; main([]); "
    look += "assert not {'matplotlib', 'tqdm', 'threadpoolctl', 'mpi4py', 'multiprocessing.spawn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", look], env=commands.environment(), capture_output=True, check=True)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([(9, None), (7, None)], "8 (0 to 20)"),
        ([(9, None), (7, 6)], "9; 1 of 2 diverged in epoch 6"),
        ([(4, 3), (3, 2), (4, 3)], "3 of 3 diverged in epochs 2, 3"),
        ([(9, None)], "9"),
        ([(4, 3)], "diverged in epoch 3"),
    ],
)
def test_end_epoch(ends: list[tuple[int, int | None]], expected: str) -> None:
    """The end epoch of one run or the mean of those that ended; which diverged, and when."""
    configs = [Config(seed=seed, epochs=20) for seed in range(len(ends))]
    rows = [
        Row("xor", config, 0.5, end, (0.1,) * end, False, diverged is not None, 0.0)
        for config, (end, diverged) in zip(configs, ends, strict=True)
    ]
    assert table.Cell(configs, rows).end_epoch == expected
