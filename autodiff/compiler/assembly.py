"""The source of the generated functions, put together from its lines."""

from __future__ import annotations

from typing import Any

LOST = (AttributeError, LookupError, NameError, TypeError, ValueError)
"""What a check may raise where something is gone."""


def function_source(checks: list[str], reads: list[str], body: list[str], objects: dict[str, Any]) -> str:
    """The function, in one that binds the objects to names."""
    lines = ["def make(" + ", ".join(objects) + "):", "    def replay(args, kwargs):", "        try:"]
    lines += [f"            {line}" for line in (*checks, *reads)]
    lines += ["        except LOST: return MISS", "        try:"]
    lines += [f"            {line}" for line in body]
    lines += ["        except BaseException:", "            failed()", "            raise"]
    return "\n".join([*lines, "    return replay", ""])


def scan_source(given: int, stacked: list[int], body: list[str], closing: list[str], objects: dict[str, Any]) -> str:
    """The function that replays the body for each row: ``scan(rows, results)``, the results being filled in."""
    rows = "".join(f"a{k}, " for k in range(given))
    results = "".join(f"o{k}, " for k in stacked)
    lines = ["def make(" + ", ".join(objects) + "):", "    def scan(rows, results):", "        try:"]
    lines += [f"            {results}= results"] if results else []
    lines += [
        f"            for k, ({rows}) in enumerate(rows):",
        *[f"                {line}" for line in body or ["pass"]],
    ]
    lines += [f"            {line}" for line in closing]
    lines += ["        except BaseException:", "            failed()", "            raise"]
    return "\n".join([*lines, "    return scan", ""])
