"""Random programs: whatever is done in whatever order, a replay has the bits of the eager call."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import Tensor
from nn import functional as F
from tests.autodiff.cases import bits

UNARY = [
    *(ad.exp, ad.tanh, ad.sigmoid, F.relu, ad.abs, ad.sign, ad.square, ad.negative, ad.sin, ad.positive),
    *(lambda x: x * 0.5, lambda x: 1.0 + x, lambda x: 2.0 / (1.5 + x * x), lambda x: x**2.0, lambda x: x.detach()),
    *(
        lambda x: x.sum(),
        lambda x: x.mean(),
        lambda x: x.reshape(-1),
        lambda x: x.T,
        lambda x: x[..., :1] if x.ndim else x,
    ),
    *(lambda x: x.sum(axis=0) if x.ndim else x, lambda x: x.max(), lambda x: x[None], lambda x: x.flatten()[::-1]),
    *(lambda x: ad.where(x > 0.0, x, 0.1 * x), lambda x: x.astype(x.dtype), lambda x: x[0] if x.ndim else x),
    *(lambda x: ad.concat([x, x * 2.0]) if x.ndim else x, lambda x: x - x.mean(), lambda x: ad.clip(x, -1.0, 1.0)),
]
BINARY = [ad.add, ad.subtract, ad.multiply, ad.maximum, ad.minimum, lambda a, b: a / (1.0 + b * b)]


def fits(a: Any, b: Any) -> bool:
    """Whether two shapes broadcast, and not to something large."""
    try:
        return int(np.prod(np.broadcast_shapes(a.shape, b.shape))) < 500
    except ValueError:
        return False


def random_program(seed: int) -> Any:
    """A function of a matrix and a vector, and of two leaves and a state, always the same for a seed."""

    def program(x: Any, v: Any, w: Tensor, u: Tensor, state: Tensor) -> Any:
        rng = np.random.default_rng(seed)
        values: list[Any] = [x, v, w, u, state]
        for _ in range(int(rng.integers(3, 25))):
            a = values[int(rng.integers(len(values)))]
            kind = rng.integers(6)
            if kind < 3:
                values.append(UNARY[int(rng.integers(len(UNARY)))](a))
                continue
            others = [b for b in values if fits(a, b)]
            b = others[int(rng.integers(len(others)))]
            if kind < 5:
                values.append(BINARY[int(rng.integers(len(BINARY)))](a, b))
            elif a.ndim == 2 and b.ndim and a.shape[-1] == b.shape[0]:
                values.append(a @ b)
            else:
                with ad.no_grad():
                    state.data = (state * 0.5 + (a.mean() * 0.1).astype(state.dtype)).data
                values.append(state + 1.0)
        w.zero_grad()
        u.zero_grad()
        tracked = [value.sum() for value in values[5:] if value.requires_grad]
        if tracked:
            total = tracked[0]
            for term in tracked[1:]:
                total = total + ad.tanh(term)
            total.backward()
            with ad.no_grad():
                if w.grad is not None:
                    w -= ad.tanh(w.grad) * 0.01
                if u.grad is not None and rng.integers(2):
                    u.data = u.data - 0.01 * ad.tanh(u.grad).data
        chosen = rng.integers(len(values), size=3)
        return [values[int(k)] for k in chosen], [w.grad, u.grad]

    return program


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("start", range(0, 200, 20))
def test_random_programs(start: int, dtype: Any) -> None:
    """Values, gradients, parameters and state, over several calls."""
    for seed in range(start, start + 20):
        program = random_program(seed)
        records = []
        for compiled in (False, True):
            rng = np.random.default_rng(1)
            w = Tensor(rng.normal(size=(4, 4)).astype(dtype), requires_grad=True, name="w")
            u = Tensor(rng.normal(size=(1,)).astype(dtype), requires_grad=True, name="u")
            state = Tensor(rng.normal(size=(4,)).astype(dtype))
            holder = {"w": w, "u": u, "state": state}

            def step(x: Any, v: Any, holder: Any = holder, program: Any = program) -> Any:
                return program(x, v, holder["w"], holder["u"], holder["state"])

            run = ad.compile(step) if compiled else step
            record: list[Any] = []
            results = []
            with np.errstate(all="ignore"):
                for _ in range(4):
                    x, v = (Tensor(rng.normal(size=shape).astype(dtype)) for shape in ((3, 4), (4,)))
                    results.append((run(x, v), [bits(p.data) for p in (w, u, state)]))
                    record.append([bits(y) for y in results[-1][0][0]])
            for (values, gradients), after in results:
                record.append([bits(y) for y in values])
                record.append([None if g is None else bits(g) for g in gradients])
                record.append(after)
            records.append(record)
        assert records[0] == records[1], f"program {seed}"
