"""`detect_anomaly`: where a NaN, an infinity or a far too large number was born, forward or backward.

In reading order: `places` (the user's line behind an operation), `report` (what is said, and the error that carries
it), `hints` (what usually is behind it), `mode` (the watching itself: it stands in for `apply` and for the sweeps).
"""

from .mode import detect_anomaly
from .report import AnomalyError, Operand

__all__ = ["AnomalyError", "Operand", "detect_anomaly"]
