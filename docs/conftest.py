"""The examples in docs/consumers.md need SciPy, which like all of the consumers may be missing."""

import importlib.util

collect_ignore = [] if importlib.util.find_spec("scipy") else ["consumers.md"]
