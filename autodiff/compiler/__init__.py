"""`compile`: a function is recorded once and replayed as a straight-line program.

In reading order: `tracing` (an array that writes down what is done to it), `hooks` and `capture` (the recording of a
call, with its state), `program` and `optimise`, `recorded`, `backend_numpy` and `replay` (the generated function),
`guards` (what has to be as it was), `compiled` (the door).
"""

from .capture import recording as recording
from .compiled import Compiled as Compiled
from .compiled import CompileWarning as CompileWarning
from .compiled import compile as compile
from .kernel import in_place as in_place
from .namespace import RECORDING as RECORDING
from .randomness import drawing_from as drawing_from
from .tracing import RecordingError as RecordingError
