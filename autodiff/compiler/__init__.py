"""`compile`: a function is recorded once and replayed as a straight-line program."""

from .compiled import Compiled as Compiled
from .compiled import compile as compile
from .tracing import RecordingError as RecordingError
