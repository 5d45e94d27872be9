"""How a training shows where it is: a bar on a terminal, a line for each epoch in a pipe."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tasks.training import Epoch, OnEpoch


def say(line: str) -> None:
    """Print a line at once; silence from here on if nobody reads any more."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        # The reader has gone (`| head`), but the run and its files still matter. Python flushes standard
        # output once more at exit, so it is the descriptor that has to lead nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def line(epoch: Epoch) -> str:
    """An epoch as the report prints it, with every digit of the loss.

    Examples
    --------
    >>> line(Epoch(260, 0.000989913869392099, 1.0))
    'epoch = 260, loss = 0.000989913869392099'
    """
    return f"epoch = {epoch.number}, loss = {epoch.loss!r}"


def wants_bar() -> bool:
    """Whether somebody watches the output."""
    return sys.stdout.isatty()


def has_tqdm() -> bool:
    """Whether the bar can be drawn."""
    return importlib.util.find_spec("tqdm") is not None


@contextmanager
def shown(epochs: int, quiet: bool = False) -> Iterator[OnEpoch]:
    """Yield the function to be called after each epoch.

    Parameters
    ----------
    epochs : int
        How many there will be at most.
    quiet : bool
        True to show nothing.
    """
    if quiet:
        yield lambda _: None
    elif wants_bar() and has_tqdm():
        with _bar(epochs) as show:
            yield show
    else:
        yield lambda epoch: say(line(epoch))


@contextmanager
def _bar(epochs: int) -> Iterator[OnEpoch]:
    """Yield the function that moves tqdm's bar, and print the last epoch below it at the end."""
    from tqdm import tqdm  # Here, for it is an extra, and only a terminal needs it.

    last: Epoch | None = None
    bar = tqdm(total=epochs, unit="epoch", file=sys.stdout)

    def show(epoch: Epoch) -> None:
        nonlocal last
        last = epoch
        state = f"loss = {epoch.loss:.6f}, accuracy = {100 * epoch.accuracy:.2f} %"
        bar.set_postfix_str(state, refresh=False)
        bar.update()

    try:
        yield show
    finally:
        bar.close()
        if last is not None:
            say(line(last))


@contextmanager
def shown_runs(runs: int, done: int) -> Iterator[Callable[[str], object]]:
    """Yield the function to be called with a line after each run of a sweep.

    Parameters
    ----------
    runs : int
        How many there are.
    done : int
        How many of them an earlier command has done.
    """
    if not (wants_bar() and has_tqdm()):
        yield say
        return
    from tqdm import tqdm  # Here, as above.

    with tqdm(total=runs, initial=done, unit="run", file=sys.stdout) as bar:

        def show(line: str) -> None:
            bar.write(line, file=sys.stdout)
            bar.update()

        yield show
