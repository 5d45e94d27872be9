"""The command `python -m tasks`, from Python and from a shell, with right options and wrong ones."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks import outputs, progress, published
from tasks.__main__ import main

QUICK = ["--hidden", "3", "--epochs", "3", "--gradients", "corrected", "--no-figures"]
COMMAND = [sys.executable, "-m", "tasks"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder of its own, where `runs/` may appear."""
    root = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")])))
    monkeypatch.chdir(tmp_path)


def result_of(folder: str) -> dict[str, Any]:
    """The result.json of a run."""
    result: dict[str, Any] = json.loads(Path(folder, "result.json").read_text())
    return result


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a wrong command line leads to, with status 2 and no file."""
    before = sorted(Path().rglob("*"))
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    captured = capsys.readouterr()
    assert stopped.value.code == 2
    assert captured.out == ""
    assert captured.err.startswith("python -m tasks")
    assert captured.err.count("\n") == 1
    assert sorted(Path().rglob("*")) == before
    return captured.err


def test_without_a_task_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    """The bare command names the tasks with their settings, and trains nothing."""
    assert main([]) == 0
    listed = capsys.readouterr().out
    for text in ("  linear  ", "  xor  ", "  all  ", "hidden 100, lr 0.01, epochs 300, seed 0", "--help"):
        assert text in listed
    assert not Path("runs").exists()


def test_prints_each_epoch_and_the_accuracy_last(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe each epoch is a line with every digit of its loss; the accuracy is the last line."""
    assert main(["xor", "--gradients", "published", "--no-figures"]) == 0
    *epochs, accuracy = capsys.readouterr().out.splitlines()
    losses = published.load()["figure_12_xor"]["losses"]
    assert len(epochs) == 261
    for line, (number, expected) in zip(epochs[-17:], losses.items(), strict=True):
        name, loss = line.split(", loss = ")
        assert name == f"epoch = {number}"
        assert float(loss) == pytest.approx(expected, rel=1e-12, abs=0)
    assert accuracy == "xor: accuracy = 100.00 %"
    result = result_of("runs/xor")
    assert (result["last_epoch"], result["accuracy"], result["stopped_early"]) == (260, 1.0, True)


def test_writes_all_files_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    """A run leaves its five files in runs/<task>."""
    assert main(["linear", "--epochs", "2", "--quiet"]) == 0
    assert {path.name for path in Path("runs/linear").iterdir()} == set(outputs.FILES)
    assert capsys.readouterr().out.startswith("linear: accuracy = ")


def test_options_reach_the_training() -> None:
    """Every option is in the settings of the result, and the files are where --out says."""
    options = ["--hidden", "4", "--lr", "0.5", "--epochs", "3", "--seed", "7", "--stop-loss", "0.0001"]
    assert main(["xor", *options, "--gradients", "published", "--out", "a/b", "--no-figures"]) == 0
    expected = {
        "hidden": 4,
        "lr": 0.5,
        "epochs": 3,
        "seed": 7,
        "stop_loss": 0.0001,
        "gradients": "published",
    }
    assert result_of("a/b")["config"] == expected


def test_no_figures_and_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Without figures there are three files; quietly there is one line."""
    assert main(["xor", *QUICK, "--quiet"]) == 0
    assert {path.name for path in Path("runs/xor").iterdir()} == {"history.csv", "result.json", "model.npz"}
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_all_trains_both(capsys: pytest.CaptureFixture[str]) -> None:
    """The report's main program: both tasks with their own settings, both above 95 per cent."""
    assert main(["all", "--no-figures", "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["linear", "xor"]
    for name, hidden, epochs in (("linear", 10, 500), ("xor", 100, 300)):
        result = result_of(f"runs/{name}")
        assert (result["config"]["hidden"], result["config"]["epochs"]) == (hidden, epochs)
        assert result["accuracy"] >= 0.95


def test_all_has_a_folder_for_each_task() -> None:
    """With --out each of the two tasks has its folder in DIR, and options go to both."""
    assert main(["all", *QUICK, "--out", "both"]) == 0
    assert [result_of(f"both/{name}")["task"] for name in ("linear", "xor")] == ["linear", "xor"]
    assert result_of("both/linear")["config"] == result_of("both/xor")["config"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["xor", "--hidden", "0"], "xor: hidden must be a positive integer, not 0"),
        (["xor", "--hidden", "1.5"], "argument --hidden: invalid int value: '1.5'"),
        (["xor", "--hidden", "1" + "0" * 16], "is too many units"),
        (["xor", "--lr", "0"], "xor: lr must be positive and finite, not 0.0"),
        (["xor", "--lr", "nan"], "xor: lr must be positive and finite, not nan"),
        (["xor", "--lr", "1e999"], "xor: lr must be positive and finite, not inf"),
        (["linear", "--epochs", "-1"], "linear: epochs must be a positive integer, not -1"),
        (["all", "--stop-loss", "nan"], "all: stop_loss must be finite and at least 0, not nan"),
        (["xor", "--seed", "abc"], "argument --seed: invalid int value: 'abc'"),
        (["xor", "--seed", "-1"], "xor: seed must be an integer from 0 to 2**32 - 1, not -1"),
        (["xor", "--gradients", "exact"], "argument --gradients: invalid choice: 'exact'"),
        (["xor", "--lr"], "argument --lr: expected one argument"),
        (["xor", "--hid", "3"], "unrecognized arguments: --hid 3"),
        (["and"], "argument TASK: invalid choice: 'and'"),
    ],
)
def test_wrong_option_is_one_line(options: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option value says what is wrong in one line, exits with 2 and makes no folder."""
    assert text in refused(options, capsys)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    option=st.sampled_from(["--hidden", "--lr", "--epochs", "--seed", "--stop-loss"]),
    value=st.one_of(
        st.sampled_from(["nan", "inf", "-inf", "", " ", "1e400", "0x10", "--", "None"]),
        st.integers(max_value=-1).map(str),
        st.floats(max_value=-1e-300).map(repr),
        st.text(alphabet="abcxyz,;", min_size=1, max_size=5),
    ),
)
def test_wrong_values_never_train(option: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is not a positive finite number is refused, in one line."""
    refused(["xor", f"{option}={value}"], capsys)


@pytest.mark.parametrize("out", ["file", "file/below", "taken"])
def test_unwritable_folder_is_found_out_before_training(
    out: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that can't be written is one line and status 2, before the first epoch."""
    Path("file").write_text("in the way")
    Path("taken", "result.json").mkdir(parents=True)
    monkeypatch.setattr("tasks.training.Training.run", None)
    message = refused(["xor", "--out", out], capsys)
    assert f"can't write to {out}" in message


def test_second_folder_of_all_is_looked_at_first(capsys: pytest.CaptureFixture[str]) -> None:
    """`all` finds out that its second folder can't be written before the first task trains."""
    Path("both").mkdir()
    Path("both/xor").write_text("in the way")
    Path("both/linear").mkdir()
    assert "can't write to both/xor: Not a directory" in refused(["all", *QUICK, "--out", "both"], capsys)


def test_full_disk_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails after the training is a line with its reason and status 2."""

    def fail(path: Path, **_arrays: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(np, "savez", fail)
    Path("runs/xor").mkdir(parents=True)
    assert "No space left on device" in refused_after_training(capsys)


def refused_after_training(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error, with status 2 and an empty folder."""
    with pytest.raises(SystemExit) as stopped:
        main(["xor", *QUICK])
    assert stopped.value.code == 2
    assert list(Path("runs/xor").iterdir()) == []
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


@pytest.mark.parametrize("gradients", ["corrected", "published"])
def test_diverging_is_status_1(gradients: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that diverges names the epoch, keeps finite parameters and exits with 1."""
    assert main(["xor", "--lr", "1e300", "--hidden", "10", "--gradients", gradients]) == 1
    captured = capsys.readouterr()
    result = result_of("runs/xor")
    assert result["diverged"] is True
    assert f"xor: diverged in epoch {result['last_epoch']} " in captured.err
    assert captured.err.count("\n") == 1
    with np.load("runs/xor/model.npz") as model:
        assert all(np.isfinite(model[name]).all() for name in model)


def test_all_goes_on_after_a_task_that_diverged() -> None:
    """One diverging task doesn't keep the other from training, and is not forgotten in the status."""
    assert main(["all", "--lr", "1e300", "--gradients", "corrected", "--no-figures", "--quiet"]) == 1
    assert result_of("runs/linear")["diverged"]
    assert result_of("runs/xor")["diverged"]


def test_interrupt_saves_what_was_trained(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the whole command with 130; what was trained is saved, the second task isn't begun."""

    def interrupt(line: str) -> None:
        if line.startswith("epoch = 2,"):
            raise KeyboardInterrupt

    monkeypatch.setattr(progress, "say", interrupt)
    assert main(["all", "--gradients", "corrected", "--no-figures"]) == 130
    assert "linear: interrupted after epoch 2" in capsys.readouterr().err
    assert result_of("runs/linear")["last_epoch"] == 2
    assert list(Path("runs/xor").iterdir()) == []


def test_sigint_from_a_shell() -> None:
    """A real Ctrl-C, sent to the running command, saves whole files and exits with 130."""
    endless = ["--epochs", "100000000", "--stop-loss", "0", "--gradients", "corrected", "--no-figures"]
    # A parent in the background may ignore SIGINT, and children inherit that.
    process = subprocess.Popen(
        [*COMMAND, "xor", *endless],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("epoch = 5,"):
            break
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    result = result_of("runs/xor")
    assert result["last_epoch"] >= 5
    assert error == f"xor: interrupted after epoch {result['last_epoch']}, saved in runs/xor\n"
    assert len(Path("runs/xor/history.csv").read_text().splitlines()) == result["last_epoch"] + 2
    assert {path.name for path in Path("runs/xor").iterdir()} == {"history.csv", "result.json", "model.npz"}


def test_from_a_shell_in_a_pipe() -> None:
    """The command as a user types it: lines on standard output, nothing on standard error."""
    done = subprocess.run([*COMMAND, "xor", *QUICK], capture_output=True, text=True, check=True)
    assert [line.split(",")[0] for line in done.stdout.splitlines()[:3]] == [f"epoch = {n}" for n in range(3)]
    assert done.stderr == ""


def test_the_first_recording_of_a_process() -> None:
    """A step is compiled where nothing was before: what that sets up isn't taken for a change that the step makes."""
    command = [*COMMAND, "xor", "--hidden", "3", "--epochs", "3", "--no-figures", "--quiet", "--compile", "numpy"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_reader_that_goes_away() -> None:
    """`| head` ends the output, not the run: its files are there, and there is no traceback."""
    pipe = f"'{sys.executable}' -m tasks xor --gradients corrected --no-figures | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", pipe], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("epoch = 0, loss = ")
    assert done.stderr == ""
    assert result_of("runs/xor")["last_epoch"] > 0


def in_terminal(command: list[str]) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    with subprocess.Popen(command, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:  # Linux: the other end is closed.
                break
            if not chunk:
                break
            written += chunk
    os.close(ours)
    assert process.returncode == 0
    return written.decode()


def test_bar_on_a_terminal() -> None:
    """On a terminal a bar moves over one line; the last epoch and the accuracy follow it."""
    written = in_terminal([*COMMAND, "xor", *QUICK])
    assert "3/3" in written
    assert written.count("epoch = ") == 1
    assert written.splitlines()[-2].startswith("epoch = 2, loss = ")
    assert written.splitlines()[-1].startswith("xor: accuracy = ")


WITHOUT = "import sys; sys.modules.update(dict.fromkeys(['matplotlib', 'tqdm'])); "
WITHOUT += "from tasks.__main__ import main; sys.exit(main(sys.argv[1:]))"


def test_without_the_extra_packages() -> None:
    """Without matplotlib and tqdm the command trains all the same, and says once how to have figures."""
    written = in_terminal([sys.executable, "-c", WITHOUT, "xor", "--epochs", "2", "--gradients", "corrected"])
    hint, *lines = written.splitlines()
    assert hint == ("no figures (matplotlib) and no progress bar (tqdm): python -m pip install 'mini-autodiff[tasks]'")
    assert [line.split(" = ")[0] for line in lines] == ["epoch", "epoch", "xor: accuracy"]
    assert {path.name for path in Path("runs/xor").iterdir()} == {"history.csv", "result.json", "model.npz"}


def test_no_hint_where_nothing_is_missed() -> None:
    """Whoever wants no figures and watches no terminal is told nothing about extra packages."""
    command = [sys.executable, "-c", WITHOUT, "xor", *QUICK]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""


def test_start_is_light() -> None:
    """Neither the list of tasks nor a wrong option waits for matplotlib or tqdm to be imported."""
    look = "import sys; from tasks.__main__ import main; main([]); "
    look += "assert not {'matplotlib', 'tqdm'} & set(sys.modules)"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", look], capture_output=True, check=True)
    assert time.perf_counter() - start < 10
