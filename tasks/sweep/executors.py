"""Where runs are carried out: worker processes, the ranks of an MPI job, or the caller's own executor."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from multiprocessing.connection import wait

from tasks.sweep.scheduling import Pool

PROCESSES, MPI = "processes", "mpi"
KINDS = (PROCESSES, MPI)


def pool(executor: Executor | str, workers: int | None) -> Pool:
    """The pool that an executor makes, or the name of one.

    Raises
    ------
    ValueError
        If the name or the number of workers is no good, or a package is missing.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be a positive integer, not {workers}")
    if isinstance(executor, Executor):
        return Pool(lambda _: nullcontext(executor))
    if executor == PROCESSES:
        return _processes(workers or _processors())
    if executor == MPI:
        return _mpi(workers)
    raise ValueError(f"executor must be one of {', '.join(KINDS)} or a concurrent.futures.Executor, not {executor!r}")


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(workers: int) -> Pool:
    """Processes that are started afresh, so that none inherits a lock from a thread of the caller's."""

    def start(runs: int) -> AbstractContextManager[Executor]:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(min(workers, runs), mp_context=context, initializer=_prepare_worker)

    # No more runs than workers are handed over, so that few are in doubt when a worker dies.
    return Pool(start, workers)


def _prepare_worker() -> None:
    """Let Ctrl-C end a worker without a word, and the end of its parent as well."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent to end. A worker whose parent was killed would wait for its next run for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker has a parent"
    wait([parent.sentinel])
    os._exit(1)


def _mpi(workers: int | None) -> Pool:
    """The ranks of an MPI job, all but the first one, which hands out the runs."""
    if importlib.util.find_spec("mpi4py") is None:
        raise ValueError("executor mpi needs mpi4py: python -m pip install 'mini-autodiff[mpi]'")
    if not _in_mpi_pool():
        raise ValueError("executor mpi needs other ranks: mpiexec -n 3 python -m mpi4py.futures -m tasks sweep ...")

    def start(_runs: int) -> AbstractContextManager[Executor]:
        from mpi4py.futures import MPIPoolExecutor  # Here, for it is an extra.

        executor: AbstractContextManager[Executor] = MPIPoolExecutor(workers)
        return executor

    return Pool(start)


def _in_mpi_pool() -> bool:
    """Whether mpi4py.futures runs this process, and has other ranks for its runs.

    Without them MPI would try to start some, and hang where it can't.
    """
    if "mpi4py.futures" not in sys.orig_argv:
        return False
    from mpi4py import MPI  # Here, for importing it starts MPI.

    return bool(MPI.COMM_WORLD.size > 1)
