"""What a run leaves on disk: right, whole, or not there."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tasks import outputs, xor
from tasks.training import Result, Training


def trained(**settings: Any) -> Result:
    """A short training."""
    return xor.train(xor.Config(**{"hidden": 3, "epochs": 4, "gradients": "corrected", **settings}))


def save(folder: Path, result: Result, figures: bool = False) -> None:
    """Write the files of an XOR run."""
    outputs.prepare(folder)
    outputs.save(folder, "xor", result, xor.TASK.points(), figures)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones and all."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_history_has_a_row_for_each_epoch(tmp_path: Path) -> None:
    """history.csv gives every epoch's number, loss and accuracy, with every digit."""
    result = trained()
    save(tmp_path, result)
    rows = list(csv.reader((tmp_path / "history.csv").read_text().splitlines()))
    assert rows[0] == ["epoch", "loss", "accuracy"]
    assert [(int(e), float(loss), float(a)) for e, loss, a in rows[1:]] == list(result.history)


def test_result_says_what_was_trained(tmp_path: Path) -> None:
    """result.json has the settings and what they led to, under the documented names."""
    result = trained(seed=2)
    save(tmp_path, result)
    assert json.loads((tmp_path / "result.json").read_text()) == {
        "task": "xor",
        "config": {
            "hidden": 3,
            "lr": 0.01,
            "epochs": 4,
            "seed": 2,
            "stop_loss": 0.001,
            "gradients": "corrected",
        },
        "last_epoch": 3,
        "loss": result.loss,
        "accuracy": result.accuracy,
        "stopped_early": False,
        "diverged": False,
        "seconds": result.seconds,
    }


def test_result_is_json_where_the_loss_is_not_finite(tmp_path: Path) -> None:
    """A loss that JSON can't hold is null; the history still has it, and the parameters are finite."""
    result = trained(lr=1e300)
    save(tmp_path, result, figures=True)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    summary = json.loads((tmp_path / "result.json").read_text(), parse_constant=refuse)
    assert summary["diverged"] is True
    assert summary["loss"] is None
    assert summary["last_epoch"] == result.last_epoch
    with np.load(tmp_path / "model.npz") as model:
        assert all(np.isfinite(model[name]).all() for name in model)


@pytest.mark.parametrize("gradients", ["autodiff", "corrected", "published"])
def test_model_is_the_state_dict(tmp_path: Path, gradients: str) -> None:
    """model.npz has the parameters by name and in nn's shapes, whoever worked out the gradients."""
    result = trained(gradients=gradients)
    save(tmp_path, result)
    with np.load(tmp_path / "model.npz") as model:
        shapes = {name: model[name].shape for name in model}
        assert all((model[name] == value).all() for name, value in result.network.state_dict().items())
    assert list(shapes.items()) == [
        ("W1", (3, 2)),
        ("b1", (3,)),
        ("W2", (3, 3)),
        ("b2", (3,)),
        ("W3", (1, 3)),
        ("b3", (1,)),
    ]


def test_model_carries_over_to_another_network(tmp_path: Path) -> None:
    """What one kind of gradients trained, a network with another kind takes and predicts alike."""
    result = trained(gradients="corrected")
    save(tmp_path, result)
    other = Training(xor.Config(hidden=3, seed=9, gradients="autodiff"), xor.TASK.points()).network
    with np.load(tmp_path / "model.npz") as model:
        other.load_state_dict(dict(model))
    x, _ = xor.TASK.points()
    np.testing.assert_allclose(other.predict(x), result.network.predict(x), rtol=1e-13)


def test_figures_are_pictures(tmp_path: Path) -> None:
    """The two figures are PNG files of some size, and nothing else is left in the folder."""
    save(tmp_path, trained(), figures=True)
    assert set(contents(tmp_path)) == set(outputs.FILES)
    for name in ("learning_curve.png", "comparison.png"):
        picture = (tmp_path / name).read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(picture) > 5000


def test_stale_figures_go(tmp_path: Path) -> None:
    """A run without figures doesn't leave those of an earlier run beside its own numbers."""
    save(tmp_path, trained(), figures=True)
    (tmp_path / "notes.txt").write_text("mine")
    save(tmp_path, trained(seed=1), figures=False)
    assert set(contents(tmp_path)) == {"history.csv", "result.json", "model.npz", "notes.txt"}


@pytest.mark.parametrize("broken", ["numpy.savez", "matplotlib.figure.Figure.savefig", "csv.writer"])
def test_failing_write_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Where one file can't be written, no file of the earlier run is touched and nothing new appears."""
    save(tmp_path, trained(), figures=True)
    before = contents(tmp_path)

    def fail(*_args: object, **_settings: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(broken, fail)
    with pytest.raises(OSError, match="No space left"):
        save(tmp_path, trained(seed=1), figures=True)
    assert contents(tmp_path) == before


def test_half_a_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of writing leaves no half file behind."""

    def half(path: Path, **_arrays: object) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    outputs.prepare(tmp_path)
    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path, trained())
    assert contents(tmp_path) == {}


def test_prepare_makes_the_folder_and_leaves_it_empty(tmp_path: Path) -> None:
    """The folder and its parents are made; the probe leaves nothing in it."""
    outputs.prepare(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_prepare_refuses_what_cannot_be_written(tmp_path: Path) -> None:
    """A file where a folder has to be, or the reverse, is found out at once."""
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        outputs.prepare(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        outputs.prepare(tmp_path / "file" / "below")
    (tmp_path / "folder" / "model.npz").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        outputs.prepare(tmp_path / "folder")
