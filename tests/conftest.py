"""Settings of all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# SciPy looks for it when it is imported, and takes no arrays but NumPy's without it.
os.environ["SCIPY_ARRAY_API"] = "1"

# No time limit per example: on a machine that is busy with something else it fails by chance.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    """Let the strict library's dtypes stand beside NumPy's in one dictionary.

    They have the same hash and warn when they are compared, which a dictionary then does. A rule that
    compares dtypes across libraries ends up with the wrong one, which the tests see without the warning.
    """
    config.addinivalue_line("filterwarnings", "ignore:You are comparing a array_api_strict dtype:UserWarning")
