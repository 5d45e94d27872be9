"""The command `python -m tasks report`: its options, its file, and how it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tasks.__main__ import main
from tasks.report import command, material, page, plan
from tasks.sweep import running
from tasks.sweep.scheduling import Failure

from .reading import read

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch, trained: material.Material) -> list[plan.Plan]:
    """The plans that were trained; what comes of it is there already."""
    asked: list[plan.Plan] = []

    def train(wanted: plan.Plan, *_: Any) -> material.Material:
        asked.append(wanted)
        return trained

    monkeypatch.setattr(material, "train", train)
    return asked


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a wrong command line leads to, with status 2."""
    with pytest.raises(SystemExit) as stopped:
        main(["report", *argv])
    captured = capsys.readouterr()
    assert (stopped.value.code, captured.out, captured.err.count("\n")) == (2, "", 1)
    return captured.err


def test_writes_one_file(plans: list[plan.Plan], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is all that is left, and the last line says where."""
    assert main(["report", "--out", "a/b"]) == 0
    assert [path.name for path in Path("a/b").iterdir()] == ["report.html"]
    assert Path("a/b/report.html").read_text(encoding="utf-8") == text
    assert capsys.readouterr().out == "report: a/b/report.html\n"
    assert plans == [plan.WHOLE]


def test_quick_is_another_plan(plans: list[plan.Plan]) -> None:
    """Its folder is runs/report where none is given."""
    assert main(["report", "--quick"]) == 0
    assert plans == [plan.QUICK]
    assert Path("runs/report/report.html").exists()


def test_second_page_takes_the_place_of_the_first(plans: list[plan.Plan]) -> None:
    """And of nothing else in the folder."""
    Path("out").mkdir()
    Path("out/report.html").write_text("earlier")
    Path("out/notes.txt").write_text("mine")
    assert main(["report", "--out", "out"]) == 0
    assert read(Path("out/report.html").read_text(encoding="utf-8"))
    assert Path("out/notes.txt").read_text() == "mine"


@pytest.mark.parametrize("argv", [["--seeds", "3"], ["--quic"], ["linear"], ["--out"]])
def test_wrong_options(argv: list[str], plans: list[plan.Plan], capsys: pytest.CaptureFixture[str]) -> None:
    """One line, status 2, and nothing is trained."""
    assert refused(argv, capsys).startswith("python -m tasks")
    assert plans == []


def test_folder_that_can_t_be_written(plans: list[plan.Plan], capsys: pytest.CaptureFixture[str]) -> None:
    """It is found out before anything is trained."""
    Path("file").write_text("in the way")
    assert "can't write to file: Not a directory" in refused(["--out", "file"], capsys)
    Path("out/report.html").mkdir(parents=True)
    assert "can't write to out/report.html: Is a directory" in refused(["--out", "out"], capsys)
    assert plans == []


def test_without_matplotlib(
    plans: list[plan.Plan], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what to install, and nothing is trained or made."""
    monkeypatch.setattr(command.importlib.util, "find_spec", lambda _: None)
    assert "python -m pip install 'mini-autodiff[tasks]'" in refused(["--out", "out"], capsys)
    assert plans == []
    assert not Path("out").exists()


def test_other_commands_need_no_matplotlib() -> None:
    """Neither the page nor matplotlib is imported where another command runs."""
    code = (
        "import sys, tasks.__main__; print([n for n in sys.modules if 'matplotlib' in n or n == 'tasks.report.page'])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_failed_run_leaves_no_page(
    trained: material.Material, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page with holes isn't written: status 1, the reason, and the earlier page as it was."""
    Path("out").mkdir()
    Path("out/report.html").write_text("earlier")
    failure = Failure(next(iter(trained.rows)), "its worker died, twice")
    monkeypatch.setattr(material, "carry_out", lambda *_: running.Outcome((), (failure,)))
    assert main(["report", "--quick", "--out", "out"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("report: no page is written: linear, 10 hidden units")
    assert "its worker died, twice" in error
    assert Path("out/report.html").read_text() == "earlier"


def test_full_disk_leaves_the_earlier_page(
    plans: list[plan.Plan], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is written beside its place first."""
    Path("out").mkdir()
    Path("out/report.html").write_text("earlier")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device", "out/.partial-report.html")

    monkeypatch.setattr(Path, "write_text", full)
    assert main(["report", "--out", "out"]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert [path.name for path in Path("out").iterdir()] == ["report.html"]
    assert Path("out/report.html").read_bytes() == b"earlier"


def test_error_in_a_section_leaves_the_earlier_page(plans: list[plan.Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    """No half page, whatever happens."""
    Path("out").mkdir()
    Path("out/report.html").write_text("earlier")

    def broken(_: material.Material) -> str:
        raise RuntimeError

    monkeypatch.setattr(page, "SECTIONS", (broken,))
    with pytest.raises(RuntimeError):
        main(["report", "--out", "out"])
    assert [path.read_text() for path in Path("out").iterdir()] == ["earlier"]


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    """Start the command as a terminal does."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    argv = [sys.executable, "-m", "tasks", "report", *options]
    return subprocess.Popen(argv, cwd=folder, env=environment, start_new_session=True, **pipes)


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C, which a terminal sends to all processes: one line, 130, and the earlier page."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/report.html").write_text("earlier")
    process = start(tmp_path, "--out", "out")
    assert process.stdout is not None
    assert "accuracy = " in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error == "report: interrupted; no page is written\n"
    assert [path.read_text() for path in (tmp_path / "out").iterdir()] == ["earlier"]


@pytest.mark.slow
def test_quick_page_takes_less_than_a_minute(tmp_path: Path) -> None:
    """As a user runs it."""
    began = time.monotonic()
    process = start(tmp_path, "--quick", "--out", "out")
    output, error = process.communicate(timeout=300)
    assert (process.returncode, error) == (0, "")
    assert output.endswith("report: out/report.html\n")
    assert time.monotonic() - began < 60
    read((tmp_path / "out/report.html").read_text(encoding="utf-8"))
