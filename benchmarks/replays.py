"""``python -m benchmarks.replays``: what compiling takes, and what a million replays leave behind.

The seed step with 10 hidden units. Times of compiling are those of a fresh process with an empty cache, then with that
cache; memory is the process's resident set, objects those that the garbage collector knows.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import compiled

REPLAYS = 1_000_000


def main() -> None:
    """Print both tables."""
    print("compiling the seed step, 10 hidden units: first call, second call")
    with tempfile.TemporaryDirectory() as cache:
        for backend, when in (("numpy", ""), *((("numba", ", cold"), ("numba", ", cached")) if _numba() else ())):
            command = [sys.executable, "-c", f"from benchmarks import replays; replays.first_calls({backend!r})"]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | _kept_in(cache))
            print(f"    {backend + when:<16}{done.stdout.strip()}")
    for backend in compiled.BACKENDS:
        print(f"{REPLAYS:,} replays, {backend}: resident memory, objects")
        replay(backend)


def _numba() -> bool:
    return "numba" in compiled.BACKENDS


def _kept_in(cache: str) -> dict[str, str]:
    return {"AUTODIFF_CACHE": cache}


def first_calls(backend: str) -> None:
    """Time the call that records (and what it imports), and the next one, which compiles what is left."""
    step, _ = compiled.compiled(10, backend)
    for _ in range(2):
        start = time.perf_counter()
        step()
        print(f"{1e3 * (time.perf_counter() - start):10.1f} ms", end="")


def replay(backend: str) -> None:
    """Replay a step with the collector off, and say now and then how much memory there is."""
    step, _ = compiled.compiled(10, backend)
    for _ in range(1000):
        step()
    gc.collect()
    gc.disable()
    try:
        done = 0
        for goal in (0, REPLAYS // 10, REPLAYS // 2, REPLAYS):
            for _ in range(goal - done):
                step()
            done = goal
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            kib = pages * os.sysconf("SC_PAGE_SIZE") // 1024
            print(f"    after {done:>9,}{kib:>10,} KiB{len(gc.get_objects()):>10,}")
    finally:
        gc.enable()


if __name__ == "__main__":
    main()
