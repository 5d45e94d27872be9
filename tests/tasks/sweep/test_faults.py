"""Sweeps that are killed, whose workers die, and whose disk is full, with real processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tasks import sweep
from tasks.sweep import executors, scheduling
from tasks.sweep.rows import Row, Run
from tasks.sweep.settings import Config

from . import commands

# 12 runs of a third of a second each.
LONG = ["hidden-units", "--task", "xor", "--gradients", "corrected", "--values", "3", "4", "--seeds", "6"]
LONG += ["--stop-loss", "0", "--workers", "2", "--out", "out"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The results of the same sweep, carried out here, where nothing happens to it."""
    out = tmp_path_factory.mktemp("undisturbed")
    with ThreadPoolExecutor(1) as executor:
        settings: dict[str, Any] = {"gradients": "corrected", "stop_loss": 0}
        sweep.run("hidden-units", "xor", values=[3, 4], seeds=6, executor=executor, out=out, **settings)
    return commands.results(out)


def wait_for(lines: int, path: Path) -> None:
    """Wait until a file has so many lines."""
    deadline = time.monotonic() + 120
    while not path.exists() or path.read_bytes().count(b"\n") < lines:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The worker processes of a sweep; its other child is multiprocessing's resource tracker."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


needs_proc = pytest.mark.skipif(not Path(f"/proc/{os.getpid()}/task").exists(), reason="looks for processes in /proc")


@needs_proc
def test_killed_sweep_goes_on(tmp_path: Path, undisturbed: list[str]) -> None:
    """kill -9, then the same command: the same results as if nothing had been, and no worker is left behind."""
    killed = commands.start(tmp_path, *LONG)
    wait_for(3, tmp_path / "out/results.jsonl")
    workers = workers_of(killed)
    assert len(workers) == 2
    killed.kill()
    killed.communicate()
    deadline = time.monotonic() + 30
    while any(map(is_alive, workers)):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)
    before = commands.results(tmp_path / "out")
    assert 3 <= len(before) < 12
    again = commands.start(tmp_path, *LONG)
    output, error = again.communicate(timeout=300)
    assert again.returncode == 0, error
    assert f"{len(before)} of 12 runs are in out/results.jsonl already" in output
    assert commands.results(tmp_path / "out") == undisturbed


@needs_proc
def test_worker_that_is_killed_once(tmp_path: Path, undisturbed: list[str]) -> None:
    """A worker that dies costs no run: its own is repeated, and the others go on in new workers."""
    process = commands.start(tmp_path, *LONG)
    wait_for(2, tmp_path / "out/results.jsonl")
    os.kill(workers_of(process)[0], signal.SIGKILL)
    _, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    assert commands.results(tmp_path / "out") == undisturbed


class Deadly(Run):
    """A run that ends the process that it is brought to."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


def test_run_that_kills_its_workers_is_reported() -> None:
    """A run whose worker dies twice is a failure with its reason; every other run has its row."""
    config = Config(hidden=2, epochs=2, gradients="corrected")
    runs = [Run("xor", Config(hidden=h, epochs=2, gradients="corrected")) for h in (3, 4, 5, 6)]
    runs.insert(1, Deadly("xor", config))
    outcomes = list(scheduling.outcomes(runs, executors.pool("processes", 2)))
    failures = [outcome for outcome in outcomes if not isinstance(outcome, Row)]
    assert [(failure.run.config, failure.reason) for failure in failures] == [(config, "its worker died, twice")]
    assert sorted(row.config.hidden for row in outcomes if isinstance(row, Row)) == [3, 4, 5, 6]


def limit_files() -> None:
    """Let no file be longer than 30,000 bytes: what a full disk is, as the sweep sees it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))


def test_no_room_for_the_results(tmp_path: Path, undisturbed: list[str]) -> None:
    """Where a row can't be written whole it isn't written at all; with more room the command goes on."""
    process = commands.start(tmp_path, *LONG, preexec_fn=limit_files)
    _, error = process.communicate(timeout=300)
    assert process.returncode == 1
    assert error.splitlines()[-1].startswith("sweep: can't write to out/results.jsonl: File too large; ")
    content = (tmp_path / "out/results.jsonl").read_bytes()
    assert content.endswith(b"\n")
    assert 20_000 < len(content) < 30_000
    again = commands.start(tmp_path, *LONG)
    _, error = again.communicate(timeout=300)
    assert again.returncode == 0, error
    assert commands.results(tmp_path / "out") == undisturbed


@needs_proc
def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C, which a terminal sends to all processes: one line, 130, whole lines, and the workers are gone."""
    process = commands.start(tmp_path, *LONG, start_new_session=True)
    wait_for(2, tmp_path / "out/results.jsonl")
    workers = workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error == "sweep: interrupted; the same command goes on from out/results.jsonl\n"
    assert not any(map(is_alive, workers))
    assert len(sweep.run("hidden-units", "xor", values=[3], epochs=1, out=tmp_path / "out").rows) == 1
