"""The report's sections 4 and 5: one setting is varied, everything else stays.

Read in this order: `settings` (what can be varied), `plan` (the report's tables), `rows` (one run and what came
of it), `scheduling` (runs on any executor), `executors` (processes and MPI), `results` (the file that a sweep
goes on from), `running` (all of it together), `table` and `figure` (how it is shown), `command`.

>>> from concurrent.futures import ThreadPoolExecutor
>>> from tasks import sweep
>>> with ThreadPoolExecutor(1) as executor:
...     done = sweep.run("learning-rate", "xor", values=[0.01], seeds=2, epochs=3, executor=executor)
>>> [(row.config.lr, row.config.seed, row.end_epoch) for row in done.rows]
[(0.01, 0, 3), (0.01, 1, 3)]
"""

from .plan import SWEEPS
from .rows import Row, Run
from .running import Outcome, run
from .scheduling import Failure
from .settings import ACTIVATIONS, NONE, OPTIMIZERS, Config

__all__ = ["ACTIVATIONS", "NONE", "OPTIMIZERS", "SWEEPS", "Config", "Failure", "Outcome", "Row", "Run", "run"]
