"""Trainings with compiled steps: the same results, whatever computes them."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np
import pytest

from tasks import __main__ as command
from tasks import linear, xor
from tasks.training import Config, Result, Task, Training


def train(task: Task, mode: Any, **settings: Any) -> Result:
    """A training in one of the modes."""
    training = Training(task.config(**settings), task.points(), mode)
    training.run()
    return training.result()


def assert_same(got: Result, expected: Result) -> None:
    """Equal to the bit, in all but time."""
    assert got.history == expected.history
    assert (got.accuracy, got.stopped_early, got.diverged) == (
        expected.accuracy,
        expected.stopped_early,
        expected.diverged,
    )
    for name, value in expected.network.state_dict().items():
        assert got.network.state_dict()[name].tobytes() == value.tobytes()


@pytest.mark.parametrize("task", [xor.TASK, linear.TASK], ids=lambda task: task.name)
@pytest.mark.parametrize("mode", ["numpy", "auto"])
def test_same_training(task: Task, mode: str) -> None:
    """Forty epochs of each task, to the bit."""
    assert_same(train(task, mode, epochs=40), train(task, "off", epochs=40))


def test_whole_xor_stops_in_the_same_epoch() -> None:
    """The report's run to its end."""
    got, expected = train(xor.TASK, "auto"), train(xor.TASK, "off")
    assert expected.stopped_early
    assert_same(got, expected)


@pytest.mark.parametrize("mode", ["numpy", "auto"])
def test_divergence(mode: str) -> None:
    """A loss that stops being finite is shown as it is without compiling."""
    settings = {"lr": 1e200, "epochs": 60, "stop_loss": 0.0}
    got, expected = train(xor.TASK, mode, **settings), train(xor.TASK, "off", **settings)
    np.testing.assert_equal([e.loss for e in got.history], [e.loss for e in expected.history])
    assert got.diverged == expected.diverged


def test_numba() -> None:
    """With numba the losses are the same up to rounding."""
    pytest.importorskip("numba")
    got, expected = train(xor.TASK, "numba", epochs=30), train(xor.TASK, "off", epochs=30)
    np.testing.assert_allclose([e.loss for e in got.history], [e.loss for e in expected.history], rtol=1e-9)
    assert got.accuracy == expected.accuracy


def test_hand_written_gradients_have_nothing_to_compile() -> None:
    """The mode is about recorded operations alone."""
    config = Config(hidden=3, lr=0.1, epochs=2, gradients="corrected")
    assert Training(config, xor.TASK.points(), "numpy").network.epoch is None


def test_command_line(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`--compile` is an option of each task."""
    arguments = ["xor", "--epochs", "3", "--quiet", "--no-figures"]
    said = []
    for mode in ("off", "auto", "numpy"):
        assert command.main([*arguments, "--compile", mode, "--out", str(tmp_path / mode)]) == command.TRAINED
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == said[2]


def test_command_line_without_numba(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Asking for numba where it isn't installed is an error that says how to get it."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "numba" else find(name))
    with pytest.raises(SystemExit) as stopped:
        command.main(["xor", "--compile", "numba", "--epochs", "1"])
    assert stopped.value.code == command.MISUSED
    assert "mini-autodiff[compile]" in capsys.readouterr().err
