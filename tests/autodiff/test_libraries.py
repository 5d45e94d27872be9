"""Every operation of the REGISTRY on other libraries' arrays: values, and derivatives of both modes and both orders.

They are compared with those on NumPy's arrays, which `test_operations` and `test_complex` compare with differences.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autodiff import REGISTRY, Tensor, jvp, vjp
from autodiff.op import TENSORS, as_tensor

from .cases import CASES, DIFFERENTIABLE, Case, cotangent
from .libraries import HostArray, Library, library
from .test_complex import REAL_ONLY, turned

WITH_PHASES = {"eig", "eigh", "qr", "svd"}
"""Their vectors are determined up to a sign or a phase, so the absolute values are compared."""

slow = pytest.mark.slow

SINGLE = {"f": np.float32, "c": np.complex64}


def single(case: Case) -> Case:
    """The case in single precision."""
    return replace(case, inputs=tuple([x.astype(SINGLE.get(x.dtype.kind, x.dtype)) for x in case.inputs]))


def of_kind(case: Case, kind: str) -> Case:
    """The case with inputs of a kind: real or complex, of single or double precision."""
    if "complex" in kind:
        case = replace(case, inputs=tuple(map(np.asarray, turned(case))))
    return single(case) if "single" in kind else case


class On:
    """A case on the arrays of a library, or of NumPy."""

    def __init__(self, case: Case, there: Library | None) -> None:
        self._there = there
        self.varied = case.varied
        self.inputs = [self.put(x) for x in case.inputs]
        params = {name: self.put(param) for name, param in case.params.items()}
        self._case = replace(case, inputs=tuple(self.inputs), params=params)

    def put(self, x: Any) -> Any:
        """An array (or tuple, or dtype) of NumPy as one of the library."""
        return x if self._there is None else self._there.converted(x)

    def host(self, x: Any) -> HostArray:
        """The value of a Tensor, which has to be of the library."""
        value = x.detach().data
        return np.asarray(value) if self._there is None else self._there.host(value)

    def __call__(self, *varied: Any) -> Tensor:
        """The operation as a function of the varied inputs."""
        inputs = list(self.inputs)
        for k, x in zip(self.varied, varied, strict=True):
            inputs[k] = x
        if self._case.operation.name not in WITH_PHASES:
            return self._case.call(*inputs)
        outputs = [as_tensor(y) for y in self._case.result(*inputs)]
        return TENSORS.concat([TENSORS.reshape(TENSORS.abs(y), (-1,)) for y in outputs])  # type: ignore[no-any-return]

    @property
    def point(self) -> list[Any]:
        """The varied inputs."""
        return [self.inputs[k] for k in self.varied]

    def value(self) -> HostArray:
        """The result."""
        return self.host(self(*self.point))

    def reverse(self, recorded: bool) -> list[HostArray]:
        """The gradients, by rules on raw arrays or on Tensors."""
        leaves = [Tensor(x, requires_grad=True) for x in self.point]
        y = self(*leaves)
        y.backward(self.put(cotangent(self.host(y))), create_graph=recorded)
        return [self.host(leaf.grad) for leaf in leaves]

    def forward(self, recorded: bool) -> HostArray:
        """The tangent."""
        tangents = [
            Tensor(self.put(cotangent(self.host(as_tensor(x)), seed=k + 1)), requires_grad=recorded)
            for k, x in enumerate(self.point)
        ]
        return self.host(jvp(self, self.point, tangents)[1])

    def second(self) -> list[HostArray]:
        """The gradients of a product with the gradients."""
        v = self.put(cotangent(self.value()))
        gradients, pull = vjp(lambda *point: vjp(self, *point)[1](v), *self.point)
        return [self.host(g) for g in pull([self.put(cotangent(self.host(g), seed=9)) for g in gradients])]


@functools.cache
def expected(case_name: str, kind: str) -> list[HostArray]:
    """What NumPy's arrays give."""
    case = next(c for c in CASES if str(c) == case_name)
    return results(On(of_kind(case, kind), None), case.operation.kind == "constant")


def results(on: On, constant: bool) -> list[HostArray]:
    """The value, and the derivatives by both modes, raw and recorded, and of second order."""
    if constant:
        return [on.value()]
    both = (False, True)
    gradients = [g for recorded in both for g in on.reverse(recorded)]
    return [on.value(), *gradients, *[on.forward(recorded) for recorded in both], *on.second()]


def assert_same(got: Sequence[HostArray], expected: Sequence[HostArray]) -> None:
    """Equal to some hundred roundings of the largest entry, which is what other orders of summation may cost."""
    for a, b in zip(got, expected, strict=True):
        assert a.shape == b.shape
        if b.dtype.kind not in "fc":
            assert a.dtype.kind == b.dtype.kind  # of an index some libraries have 32 bits
            np.testing.assert_array_equal(a, b)
            continue
        assert a.dtype == b.dtype
        tolerance = 200 * np.finfo(b.dtype).eps
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance * max(1.0, np.abs(b).max(initial=0.0)))


COMPLEX = [
    c for c in DIFFERENTIABLE if c.operation.name not in REAL_ONLY | {"median", "sort"}
]  # ordered by NumPy alone
KINDS = {"double": CASES, "single": CASES, "complex": COMPLEX, "complex single": COMPLEX}
# JAX compiles each operation anew and takes some minutes.
RUNS = [
    pytest.param(name, kind, case, marks=[slow] if name == "jax" else [], id=f"{name}-{kind}-{case}")
    for name in ("strict", "elsewhere", "torch", "jax", "cupy")
    for kind, cases in KINDS.items()
    for case in cases
    if (name, kind) not in {("elsewhere", "single"), ("elsewhere", "complex single")}  # devices know no dtypes
]


@pytest.mark.parametrize(("name", "kind", "case"), RUNS)
def test_operation(name: str, kind: str, case: Case) -> None:
    """Values and derivatives are those of NumPy's arrays, of the same dtype, and arrays of the library."""
    there = library(name)
    on = On(of_kind(case, kind), there)
    assert_same(results(on, case.operation.kind == "constant"), expected(str(case), kind))


def test_leaving_the_library_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check fails on a rule that returns an array of NumPy."""
    monkeypatch.setattr(REGISTRY["sin"], "vjps", (lambda _xp, g, _y, _x: np.ones(g.shape),))
    case = next(c for c in CASES if c.operation.name == "sin")
    with pytest.raises((AssertionError, TypeError)):
        On(case, library("strict")).reverse(recorded=False)


def test_a_wrong_digit_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison fails on a rule that is off by 1e-12 in double precision."""
    monkeypatch.setattr(REGISTRY["sin"], "vjps", (lambda xp, g, _y, x: g * xp.cos(x) * (1 + 1e-12),))
    case = next(c for c in CASES if str(c) == "sin-1")
    got = results(On(case, library("strict")), constant=False)
    monkeypatch.undo()
    with pytest.raises(AssertionError):
        assert_same(got, results(On(case, None), constant=False))


def test_names_exist() -> None:
    """The list above has no operation that is gone."""
    assert REGISTRY.keys() >= WITH_PHASES
