"""The array libraries that the operations are tested on.

PyTorch and JAX are too large for the `test` extra, and CuPy needs a GPU. Where one is installed, with array-api-compat
(``pip install torch jax array-api-compat``), its tests run; elsewhere they are skipped.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from autodiff import Tensor, jvp, vjp
from autodiff.op import TENSORS, as_tensor

from .cases import Case, cotangent
from .test_complex import turned

HostArray = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Library:
    """How to put arrays into a library, and get them back.

    Attributes
    ----------
    name : str
        For messages.
    module : module
        Has the dtypes.
    asarray : callable
        An array of NumPy as one of the library.
    to_numpy : callable
        The way back. Fails for an array that is not on the device where `asarray` puts it.
    """

    name: str
    module: Any
    asarray: Callable[[HostArray], Any]
    to_numpy: Callable[[Any], HostArray]

    def converted(self, x: Any) -> Any:
        """An array, an index or a dtype of the library."""
        if isinstance(x, tuple):
            return tuple([self.converted(k) for k in x])
        if isinstance(x, np.ndarray):
            return self.asarray(np.array(x))
        return self.module.float64 if x is np.float64 else x

    def host(self, x: Any) -> HostArray:
        """The entries of a raw array, which has to be one of the library."""
        expected = type(self.asarray(np.zeros(1)))
        assert type(x) is expected, f"a {type(x)} stands where a {expected} is expected: the library was left"
        return self.to_numpy(x)


def _strict() -> Library:
    strict = importlib.import_module("array_api_strict")
    return Library("array-api-strict", strict, strict.asarray, np.from_dlpack)


def _strict_elsewhere() -> Library:
    """On a device that is not the default one, nor can be combined with it: what a GPU would complain about."""
    strict = importlib.import_module("array_api_strict")
    device = strict.Device("device1")

    def to_numpy(x: Any) -> HostArray:
        assert x.device == device, "the device was left"
        return np.from_dlpack(x, device="cpu")

    return Library("array-api-strict, device1", strict, lambda x: strict.asarray(x, device=device), to_numpy)


def _torch() -> Library:
    pytest.importorskip("array_api_compat")
    torch = pytest.importorskip("torch")
    return Library("torch", torch, torch.asarray, lambda x: x.numpy())


def _jax() -> Library:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    return Library("jax", jax.numpy, jax.numpy.asarray, np.asarray)


def _cupy() -> Library:
    pytest.importorskip("array_api_compat")
    cupy = pytest.importorskip("cupy")
    if not cupy.is_available():
        pytest.skip("no GPU")
    return Library("cupy", cupy, cupy.asarray, cupy.asnumpy)


_LIBRARIES = {"strict": _strict, "elsewhere": _strict_elsewhere, "torch": _torch, "jax": _jax, "cupy": _cupy}


@functools.cache
def library(name: str) -> Library:
    """One of the libraries; skips the test where it is not installed."""
    return _LIBRARIES[name]()


def runs(cases: dict[str, list[Case]]) -> list[Any]:
    """Each case of each kind on each library, for `parametrize`. JAX compiles every operation and takes minutes."""
    parameters = []
    for name in _LIBRARIES:
        if name in ("torch", "jax", "cupy") and importlib.util.find_spec(name) is None:
            missing = pytest.mark.skip(reason=f"{name} is not installed")
            parameters.append(pytest.param(name, "", None, marks=missing, id=name))
            continue
        marks = [pytest.mark.slow] if name == "jax" else []
        parameters += [
            pytest.param(name, kind, each, marks=marks, id=f"{name}-{kind}-{each}")
            for kind, of_kind in cases.items()
            for each in of_kind
            if not (name == "elsewhere" and "single" in kind)  # where arrays are doesn't depend on their precision
        ]
    return parameters


# A case on a library -------------------------------------------------------------------------------------------------

WITH_PHASES = {"eig", "eigh", "qr", "svd"}
"""Their vectors are determined up to a sign or a phase, so the absolute values are compared."""

SINGLE = {"f": np.float32, "c": np.complex64}


def of_kind(given: Case, kind: str) -> Case:
    """The case with inputs of a kind: real or complex, of single or double precision."""
    inputs = map(np.asarray, turned(given) if "complex" in kind else given.inputs)
    if "single" in kind:
        inputs = (x.astype(SINGLE.get(x.dtype.kind, x.dtype)) for x in inputs)  # type: ignore[assignment]
    return replace(given, inputs=tuple(inputs))


class On:
    """A case on the arrays of a library, or of NumPy."""

    def __init__(self, given: Case, there: Library | None) -> None:
        self._there = there
        self.varied = given.varied
        self.inputs = [self.put(x) for x in given.inputs]
        params = {name: self.put(param) for name, param in given.params.items()}
        self._case = replace(given, inputs=tuple(self.inputs), params=params)

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


def check(name: str, kind: str, each: Case) -> None:
    """Fail unless values and derivatives are those of NumPy's arrays, of the same dtype, and of the library."""
    constant = each.operation.kind == "constant"
    there = library(name)
    given = of_kind(each, kind)
    assert_same(results(On(given, there), constant), results(On(given, None), constant))
