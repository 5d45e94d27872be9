"""The report as an object, as text, in a notebook and from the shell."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autodiff import BackpropError, BackpropReport, check_backprop, check_gradients
from autodiff.check.__main__ import main

PROGRAM = """
import numpy as np

x = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]])
y = np.array([1.0, 0.0, 2.0])
params = {"w": np.array([0.3, -0.2]), "b": np.array(0.1)}


def loss(params):
    return np.mean((np.tanh(x @ params["w"] + params["b"]) - y) ** 2)


def right(params):
    h = np.tanh(x @ params["w"] + params["b"])
    dz = 2 * (h - y) / len(y) * (1 - h**2)
    return {"dw": x.T @ dz, "db": dz.sum()}


def wrong(params):
    h = np.tanh(x @ params["w"] + params["b"])
    dz = 2 * (h - y) / len(y) * (1 - h)
    return {"dw": x.T @ dz, "db": dz.sum()}


def unsteady(params):
    return loss(params) + np.random.default_rng().normal()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The file with the program."""
    path = tmp_path / "their_network.py"
    path.write_text(PROGRAM)
    return path


def report_about(path: Path, gradients: str) -> BackpropReport:
    """The report about one of the program's functions."""
    space: dict[str, Any] = {}
    exec(compile(path.read_text(), str(path), "exec"), space)
    return check_backprop(space["loss"], space[gradients], space["params"])


def test_fields(program: Path) -> None:
    """A row per parameter with both numbers, and the line with its cause."""
    report = report_about(program, "wrong")
    assert not report.ok
    assert list(report.parameters) == ["w", "b"]
    row = report.parameters["w"]
    assert (row.verdict, row.shape) == ("wrong", (2,))
    assert row.worst is not None
    assert row.worst["given"] != pytest.approx(row.worst["expected"])
    assert row.error > 0.01
    (birth,) = report.births
    assert birth.filename == str(program)
    assert birth.code == "dz = 2 * (h - y) / len(y) * (1 - h)"
    assert birth.variable == "dz"
    assert birth.cause == "`h` where `h**2` belongs"
    assert PROGRAM.splitlines()[birth.lineno - 1].strip() == birth.code


def test_ratio() -> None:
    """Where all of a gradient is off by one factor, the factor is given."""
    report = check_gradients(lambda p: (p["w"] ** 2).sum(), {"w": np.array([1.0, 2.0])}, {"w": np.array([1.0, 2.0])})
    assert report.parameters["w"].ratio == pytest.approx(0.5)


def test_raise_if_wrong(program: Path) -> None:
    """It raises with the report as its text, and hands back a report that is right."""
    with pytest.raises(BackpropError, match="2 of 2 gradients are wrong") as caught:
        report_about(program, "wrong").raise_if_wrong()
    assert caught.value.report.births
    report = report_about(program, "right")
    assert report.raise_if_wrong() is report
    assert report.births == ()


def test_to_dict_is_json(program: Path) -> None:
    """Text, numbers, lists and dictionaries, which json takes."""
    found = json.loads(json.dumps(report_about(program, "wrong").to_dict()))
    assert found["ok"] is False
    assert found["parameters"]["b"]["verdict"] == "wrong"
    assert found["births"][0]["lineno"] == report_about(program, "wrong").births[0].lineno


def test_text_without_colours(program: Path) -> None:
    """Not a terminal, no colours; with them the words are the same."""
    report = report_about(program, "wrong")
    assert "\033" not in str(report)
    assert "\033[31m" in report.text(colours=True)
    assert "`h` where `h**2` belongs" in str(report)
    assert "w          (2,)   wrong" in str(report)


def test_html(program: Path) -> None:
    """A table for a notebook, with what is code escaped."""
    text = report_about(program, "wrong")._repr_html_()
    assert text.startswith("<table>")
    assert text.count("<tr") == 3
    assert "<code>" in text


@pytest.mark.parametrize(
    ("loss", "gradients", "status"), [("loss", "right", 0), ("loss", "wrong", 1), ("unsteady", "right", 2)]
)
def test_exit_status(program: Path, capsys: pytest.CaptureFixture[str], loss: str, gradients: str, status: int) -> None:
    """0 right, 1 wrong, 2 can't be checked."""
    assert main([str(program), "--loss", loss, "--gradients", gradients, "--params", "params"]) == status
    assert capsys.readouterr().out


def test_a_name_that_is_not_there(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and the error without a traceback."""
    assert main([str(program), "--loss", "los", "--gradients", "right", "--params", "params"]) == 2
    assert "los" in capsys.readouterr().err


def test_from_the_shell(program: Path) -> None:
    """As the documentation has it."""
    command = ["--loss", "loss", "--gradients", "wrong", "--params", "params"]
    done = subprocess.run(
        [sys.executable, "-m", "autodiff.check", str(program), *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "`h` where `h**2` belongs" in done.stdout


def test_check_gradients() -> None:
    """Without code there are verdicts, and what is right besides."""

    def loss(params: Any) -> Any:
        return (np.tanh(params["a"]) * params["b"]).sum()

    params = {"a": np.array([0.3, -0.7]), "b": np.array([1.5, 2.0])}
    grads = {"da": params["b"], "db": np.tanh(params["a"])}
    report = check_gradients(loss, grads, params)
    assert [row.verdict for row in report.parameters.values()] == ["wrong", "right"]
    assert report.births == ()
    assert "still right: b; wrong: a" in report.notes
