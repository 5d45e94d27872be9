"""Switches SciPy's support of the array API on; SciPy reads the variable when it is imported."""

import os

os.environ["SCIPY_ARRAY_API"] = "1"
