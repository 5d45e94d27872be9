"""array-api-extra and array-api-compat on Tensors."""

from __future__ import annotations

import numpy as np
import pytest

from .agreement import Case, beside, check, namespace

xpx = pytest.importorskip("array_api_extra")
xpc = pytest.importorskip("array_api_compat")

rng = np.random.default_rng(0)
VECTOR = rng.uniform(0.2, 0.9, 7)
MATRIX = rng.uniform(0.2, 0.9, (4, 3))
OTHER = rng.normal(size=(4, 3))

CASES: dict[str, Case] = {
    "apply_where": (
        lambda x: xpx.apply_where(x > 0.5, x, lambda z: namespace(z).log(z), lambda z: z * z),
        MATRIX,
    ),
    "apply_where fill_value": (
        lambda x: xpx.apply_where(x > 0.5, (x, 2 * x), lambda a, b: a * b, fill_value=0.0),
        MATRIX,
    ),
    "at set": (lambda x: xpx.at(x)[0].set(x[1] * 2, copy=True), VECTOR),
    "at mask": (lambda x: xpx.at(x)[x > 0.5].multiply(3.0, copy=True), VECTOR),
    **{
        f"at {name}": (lambda x, name=name: getattr(xpx.at(x)[1:4], name)(0.55, copy=True), VECTOR)
        for name in ("add", "subtract", "multiply", "divide", "power", "min", "max")
    },
    "at without a copy": (lambda x: xpx.at(y := x * 1.0)[1].add(2 * y[0]), VECTOR),
    "atleast_nd": (lambda x: xpx.atleast_nd(x, ndim=3), MATRIX),
    "angle": (lambda x: xpx.angle(x + 1j * beside(x, OTHER)), MATRIX),
    "argpartition": (lambda x: namespace(x).sort(x[xpx.argpartition(x, 3)][:3]), VECTOR),
    "partition": (lambda x: namespace(x).sort(xpx.partition(x, 3)[:3]), VECTOR),
    "cov": (lambda x: xpx.cov(x), MATRIX),
    "cov of a vector": (lambda x: xpx.cov(x), VECTOR),
    "create_diagonal": (lambda x: xpx.create_diagonal(x, offset=1), VECTOR),
    "create_diagonal of rows": (lambda x: xpx.create_diagonal(x), MATRIX),
    "default_dtype": (lambda x: namespace(x).astype(x, xpx.default_dtype(namespace(x))), MATRIX),
    "isclose": (lambda x: x * xpx.isclose(x, x), MATRIX),
    "isin": (lambda x: x * xpx.isin(x, x[:2]), VECTOR),
    "kron": (lambda x: xpx.kron(x, beside(x, OTHER)), MATRIX),
    "kron of a vector and a matrix": (lambda x: xpx.kron(x, beside(x, OTHER)), VECTOR),
    "lazy_apply": (lambda x: xpx.lazy_apply(lambda z: z * 2, x), MATRIX),
    "nan_to_num": (lambda x: xpx.nan_to_num(x), MATRIX),
    "nunique": (lambda x: x * xpx.nunique(x), VECTOR),
    "one_hot": (lambda x: x * xpx.one_hot(namespace(x).arange(7), 7, xp=namespace(x)), VECTOR),
    "pad": (lambda x: xpx.pad(x, 2, constant_values=1.0), MATRIX),
    "pad each side": (lambda x: xpx.pad(x, ((1, 0), (2, 1))), MATRIX),
    "searchsorted": (lambda x: x * xpx.searchsorted(namespace(x).sort(x), x), VECTOR),
    "setdiff1d": (lambda x: xpx.setdiff1d(x, x[:2]), VECTOR),
    "sinc": (lambda x: xpx.sinc(x), VECTOR),
    "sinc at 0": (lambda x: xpx.sinc(x), np.array([0.3, 0.0, -0.1])),
    "union1d": (lambda x: xpx.union1d(x, beside(x, OTHER[0])), VECTOR),
    "compat namespace": (lambda x: xpc.array_namespace(x).exp(x), MATRIX),
    "compat device": (lambda x: xpc.to_device(x * 2, xpc.device(x)), MATRIX),
    "compat size": (lambda x: x * xpc.size(x), MATRIX),
    "compat questions": (lambda x: x * (xpc.is_array_api_obj(x) and xpc.is_writeable_array(x)), MATRIX),
}


@pytest.mark.parametrize("name", CASES)
def test_gradient(name: str) -> None:
    """Value as on arrays, gradient as by central differences."""
    check(*CASES[name])
