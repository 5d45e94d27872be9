"""`check_backprop`: the truth, the verdicts, and the births of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .comparison import is_right, ratio_of, row, fitted
from .oracle import LeavesGraph, Point, agrees, differences, reverse
from .program import Program, is_real
from .candidates import pool_open
from .search import Search
from .sites import all_values, sites_of


def points_of(program: Program, sites: list[Any], count: int = 3) -> list[Point]:
    generator = np.random.default_rng(0)
    points = []
    for k in range(count):
        params = program.params if k == 0 else _jittered(program, generator, 0.05 * k)
        every = all_values(program.units, sites)
        point = None
        for follow in (False, True):
            try:
                point = reverse(program, every, params, follow)
                if agrees(program, point, generator) or k == 0:
                    break
                print("DISAGREE")
                point = None
            except LeavesGraph as e:
                if follow: print("LEAVES", e, e.filename, e.lineno)
        if point is None:
            point = differences(program, params)
        points.append(point)
    return points


def _jittered(program, generator, size):
    moved = {}
    for name, value in program.params.items():
        if is_real(value):
            scale = max(float(np.sqrt(np.mean(np.square(value)))) if np.size(value) else 0.0, 0.5)
            noise = generator.normal(size=np.shape(value)) * size * scale
            value = value + noise
        moved[name] = value
    return moved


def factors_of(search, program):
    ratios = set()
    for p in search.points[:1]:
        out = program.run(p.params)
        for n, t in p.gradients.items():
            v = fitted(out.gradients[n], t.shape)
            if v is not None and not is_right(v, t, p.largest):
                r = ratio_of(v, t)
                if r:
                    ratios.add(float(f"{1 / r:.10g}"))
    found = {**{r: f"a factor {r:.6g} is missing" for r in ratios}}
    for f in (2.0, 0.5, -1.0):
        found.setdefault(f, f"a factor {f:g} is missing")
    return [(f, t) for f, t in found.items()]


def check(loss, gradients, params):
    program = Program(loss, gradients, params)
    program.first_run()
    sites = sites_of(program.units)
    points = points_of(program, sites)
    search = Search(program, sites, points)
    if not search.wrong:
        return search
    factors = factors_of(search, program)
    with pool_open(search.pool):
        search.solve(factors)
    return search
