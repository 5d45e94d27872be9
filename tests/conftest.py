"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# No time limit per example: on a machine that is busy with something else it fails by chance.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
