"""``python -m benchmarks``: all workloads, or those named on the command line."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable

from . import anomaly, chain, compiled, hvp, mlp, seed_step, training
from .timing import Timing

WORKLOADS: dict[str, tuple[str, Callable[[], dict[str, Timing]]]] = {
    "step-10": ("seed step, 10 hidden units", lambda: seed_step.run(10)),
    "step-100": ("seed step, 100 hidden units", lambda: seed_step.run(100)),
    "epoch-10": ("seed epoch by scan, 10 hidden units, per step", lambda: compiled.run_epoch(10)),
    "epoch-100": ("seed epoch by scan, 100 hidden units, per step", lambda: compiled.run_epoch(100)),
    "mlp": ("MLP 784-512-256-10, batch 128, float32, Adam", mlp.run),
    "hvp": ("Hessian-vector product, three layers, 100 hidden units, batch 100", hvp.run),
    "training": ("whole xor training, 100 hidden units", training.run),
    "anomaly": ("detect_anomaly on against off, 10 steps", anomaly.run),
    "chain": ("chain of 10,000 scalar operations, per operation", chain.run),
}


def main() -> None:
    """Print a table of each workload."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=f"some of: {', '.join(WORKLOADS)}")
    chosen = parser.parse_args().workloads or list(WORKLOADS)
    for key in chosen:
        if key not in WORKLOADS:
            parser.error(f"no workload {key!r}; there are {', '.join(WORKLOADS)}")
    if len(chosen) > 1:  # each in a process of its own, since what one leaves in memory slows the next by up to 20 %
        for key in chosen:
            subprocess.run([sys.executable, "-m", "benchmarks", key], check=True)
        return
    title, run = WORKLOADS[chosen[0]]
    print(f"{title:<44}{'time':>12}{'ratio':>8}   spread of the ratio (10 % to 90 %)")
    for name, t in run().items():
        print(f"    {name:<40}{_time(t.microseconds):>12}{t.ratio:>8.2f}   {t.low:.2f} to {t.high:.2f}", flush=True)


def _time(microseconds: float) -> str:
    return f"{microseconds:.2f} us" if microseconds < 1000 else f"{microseconds / 1000:.1f} ms"


if __name__ == "__main__":
    main()
