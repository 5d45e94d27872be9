"""Tensors over other libraries' arrays: the handle, changes in place, transforms, and what can't be mixed."""

from __future__ import annotations

import copy
import importlib
import pickle
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, no_grad
from autodiff._namespaces import resolution

from .libraries import Library, library


@pytest.fixture(params=["strict", "elsewhere", "torch", pytest.param("jax", marks=pytest.mark.slow), "cupy"])
def there(request: pytest.FixtureRequest) -> Library:
    """One of the installed libraries."""
    return library(request.param)


def put(there: Library, values: Any, dtype: Any = np.float64) -> Any:
    """An array of the library."""
    return there.asarray(np.array(values, dtype))


def host(there: Library, t: Any) -> list[Any]:
    """The entries of a Tensor, which has to be over the library."""
    return there.host(t.detach().data).tolist()  # type: ignore[no-any-return]


def test_the_raw_array_stays_in_its_library(there: Library) -> None:
    """Tensor(x) copies x and keeps library, dtype and device."""
    x = put(there, [1.0, 2.0, 3.0], np.float32)
    t = Tensor(x, requires_grad=True, name="w")
    assert type(t.data) is type(x)
    assert (t.dtype, t.device, t.shape, t.ndim, t.size) == (x.dtype, x.device, (3,), 1, 3)
    assert t.tolist() == [1.0, 2.0, 3.0]
    assert t[1].item() == 2.0
    assert (float(t[1].detach()), len(t), bool(t[0] > 0), 3.0 in t, 4.0 in t) == (2.0, 3, True, True, False)
    assert [y.item() for y in t] == [1.0, 2.0, 3.0]
    assert repr(x)[:6] in repr(t)
    assert "requires_grad=True" in repr(t)


def test_python_numbers_stay_numpys() -> None:
    """A list is a NumPy array, whatever else is installed."""
    assert type(Tensor([1.0]).data) is np.ndarray
    assert Tensor([1.0]).dtype == np.float64


def test_gradients_and_their_handles(there: Library) -> None:
    """Grad, zero_grad and assignment to grad are of the library."""
    t = Tensor(put(there, [1.0, 2.0]), requires_grad=True)
    (t * t).sum().backward()
    assert host(there, t.grad) == [2.0, 4.0]
    t.zero_grad(set_to_none=False)
    assert host(there, t.grad) == [0.0, 0.0]
    t.zero_grad()
    assert t.grad is None
    t.grad = put(there, [5.0, 6.0])
    assert host(there, t.grad) == [5.0, 6.0]
    with pytest.raises(ValueError, match="expected shape"):
        t.grad = put(there, [1.0])


def test_data_can_be_replaced(there: Library) -> None:
    """By an array of the library, of NumPy, or a list; it counts as a change in place."""
    t = Tensor(put(there, [1.0, 2.0]), requires_grad=True)
    for values in (put(there, [3.0, 4.0]), np.array([3.0, 4.0]), [3.0, 4.0]):
        y = (t * t).sum()
        t.data = values
        assert host(there, t) == [3.0, 4.0]
        with pytest.raises(GradientError, match="changed in place"):
            y.backward()
    with pytest.raises(ValueError, match="expected shape"):
        t.data = put(there, [1.0])


def test_copies(there: Library) -> None:
    """Detach, deepcopy and copy don't share what a later change writes to; a pickle keeps the library."""
    t = Tensor(put(there, [1.0, 2.0]), requires_grad=True, name="w")
    copies = [t.detach(), copy.deepcopy(t), t.copy(), pickle.loads(pickle.dumps(t))]
    with no_grad():
        t += 1.0
    assert host(there, t) == [2.0, 3.0]
    assert [t.detach().numpy().tolist() for t in copies] == [[1.0, 2.0]] * 4
    assert [type(c.detach().data) for c in copies] == [type(t.data)] * 4
    assert copies[1].requires_grad
    assert copies[3].name == "w"


def test_ways_out(there: Library) -> None:
    """NumPy gets the entries by numpy() and asarray; what would cut a gradient is an error."""
    t = Tensor(put(there, [1.0, 2.0]))
    assert t.numpy().tolist() == [1.0, 2.0]
    assert np.asarray(t).tolist() == [1.0, 2.0]
    assert np.from_dlpack(t, device="cpu").tolist() == [1.0, 2.0]  # type: ignore[arg-type]
    t.requires_grad = True
    with pytest.raises(GradientError, match="detach"):
        t.numpy()


def test_changes_in_place(there: Library) -> None:
    """A handle moves on to a new array, so that the gradient is right; a leaf is written to under no_grad."""
    t = Tensor(put(there, [1.0, 2.0, 3.0]), requires_grad=True)
    y = t * 2.0
    y += 1.0
    y[0] = 9.0
    y[[1]] = t[2] * 5.0
    y.sum().backward()
    assert host(there, y) == [9.0, 15.0, 7.0]
    assert host(there, t.grad) == [0.0, 0.0, 7.0]
    with pytest.raises(GradientError, match="in place"):
        t += 1.0
    with no_grad():
        t -= 0.5
    assert host(there, t) == [0.5, 1.5, 2.5]
    assert t.requires_grad


def test_devices_and_dtypes(there: Library) -> None:
    """Conversions take the library's dtypes or those of `autodiff`, and stay on the device."""
    t = Tensor(put(there, [1.0, 2.0]), requires_grad=True)
    for dtype in (ad.float32, "float32", there.module.float32):
        y = ad.astype(t, dtype)
        assert str(there.host(y.detach().data).dtype) == "float32"
    assert str(there.host(ad.sum(t, dtype=ad.float32).detach().data).dtype) == "float32"
    assert host(there, t.to_device(t.device)) == [1.0, 2.0]
    assert host(there, ad.ones_like(t)) == [1.0, 1.0]
    assert ad.isdtype(t.dtype, "real floating")
    assert ad.finfo(t.dtype).eps == 2.0**-52


def test_numbers_and_lists_join_the_library(there: Library) -> None:
    """Python numbers and NumPy scalars take on the array's dtype; lists become arrays of the library."""
    t = Tensor(put(there, [1.0, 2.0], np.float32), requires_grad=True)
    for y in (2.0 * t, t + 1, t ** np.float64(2.0), np.float64(2.0) / t, ad.maximum(t, 1.5), ad.clip(t, 0.0, 1.0)):
        assert y.dtype == t.dtype
        there.host(y.detach().data)
    double = Tensor(put(there, [1.0, 2.0]), requires_grad=True)
    assert host(there, double * [3.0, 4.0]) == [3.0, 8.0]
    assert host(there, [3.0, 4.0] * double) == [3.0, 8.0]
    assert host(there, ad.stack([double, [3.0, 4.0]])) == [[1.0, 2.0], [3.0, 4.0]]
    assert host(there, ad.vecdot(double, [3.0, 4.0])) == 11.0
    assert host(there, ad.where(double > 1.0, double, 0.0)) == [0.0, 2.0]
    assert host(there, ad.take(double, [1, 0])) == [2.0, 1.0]
    assert host(there, double[np.array([1, 1])]) == [2.0, 2.0]
    assert host(there, double * put(there, [3.0, 4.0])) == [3.0, 8.0]


MIXED = {
    "multiply": lambda t, a: t * a,
    "reflected": lambda t, a: a * t,
    "Tensors": lambda t, a: Tensor(a) @ t,
    "maximum": lambda t, a: ad.maximum(a, t),
    "concat": lambda t, a: ad.concat([a, t]),
    "stack": lambda t, a: ad.stack([t, a]),
    "where": lambda t, a: ad.where(a > 1.0, t, t),
    "three Tensors": lambda t, a: ad.where(Tensor(a > 1.0), t, t),
    "solve": lambda t, a: ad.linalg.solve(np.eye(2), t),
    "setitem": lambda t, a: ad.setitem(t, a, key=slice(None)),
    "einsum": lambda t, a: ad.einsum("i,i->", t, a),
    "cotangent": lambda t, a: t.backward(a),
    "tangent": lambda t, a: ad.jvp(ad.sin, (t,), (a,)),
}


@pytest.mark.parametrize("name", MIXED)
def test_libraries_do_not_mix(there: Library, name: str) -> None:
    """An array of NumPy beside one of another library is a TypeError that names both."""
    t = Tensor(put(there, [1.0, 2.0]), requires_grad=True)
    kind = type(t.data).__name__
    with pytest.raises(TypeError, match=f"(?s)(?=.*{kind})(?=.*ndarray)"):
        MIXED[name](t, np.array([1.0, 2.0]))


def test_transforms(there: Library) -> None:
    """All of them, with the derivatives of x^3."""
    x = put(there, [1.0, 2.0])

    def f(x: Any) -> Any:
        return (x**3.0).sum()

    assert host(there, ad.grad(f)(x)) == [3.0, 12.0]
    assert host(there, ad.hessian(f)(x)) == [[6.0, 0.0], [0.0, 12.0]]
    assert host(there, ad.jacobian(lambda x: x[:0] * 2.0)(x)) == []
    assert host(there, ad.hvp(f, x, [1.0, 1.0])) == [6.0, 12.0]
    assert host(there, ad.jvp(ad.square, (x,), ([1.0, 10.0],))[1]) == [2.0, 40.0]
    assert host(there, ad.vjp(ad.square, x)[1]([1.0, 10.0])[0]) == [2.0, 40.0]
    t = Tensor(x, requires_grad=True)
    (t * t).backward([1.0, 10.0])
    assert host(there, t.grad) == [2.0, 40.0]


def test_functions_outside_the_registry(there: Library) -> None:
    """Those that give several arrays, sets, and NumPy's own functions."""
    t = Tensor(put(there, [3.0, 1.0, 3.0]), requires_grad=True)
    values, indices, inverse, counts = ad.unique_all(t)
    assert [host(there, y) for y in (values, indices, inverse, counts)] == [[1.0, 3.0], [1, 0], [1, 0, 1], [1, 2]]
    assert host(there, ad.unique_counts(t).counts) == [1, 2]
    assert host(there, ad.unique_inverse(t).inverse_indices) == [1, 0, 1]
    assert [host(there, k) for k in ad.nonzero(t - 1.0)] == [[0, 2]]
    assert [host(there, y) for y in ad.unstack(t)] == [3.0, 1.0, 3.0]
    assert host(there, ad.broadcast_arrays(t, 2.0)[1]) == [2.0] * 3
    assert ad.meshgrid(t, t)[0].shape == (3, 3)
    assert host(there, ad.einsum("i,i->", t, t)) == 19.0
    assert host(there, np.sum(t, axis=0)) == 7.0  # type: ignore[arg-type]
    assert host(there, np.maximum(t, 2.0)) == [3.0, 2.0, 3.0]  # type: ignore[arg-type]
    assert host(there, t[::-1]) == [3.0, 1.0, 3.0]
    assert host(there, t[t > 2.0]) == [3.0, 3.0]


@pytest.mark.parametrize(
    "key",
    [
        (0, slice(None), np.array([0, 2])),
        (slice(None), 1, np.array([0, 0])),
        (np.array([0, 1]), slice(None), np.array([1, 1])),
        (None, np.array([1, 0]), Ellipsis),
        (slice(None, None, -1), np.array([0, 0, 1])),
        (Ellipsis, np.array([True, False, True, True])),
        (np.array(1), Ellipsis, np.array([0, 3])),
        np.array([[True, False, True], [False, False, True]]),
        (np.array([-1, -1]), np.array([0, 0])),
    ],
    ids=str,
)
def test_indices_mean_what_they_mean_to_numpy(there: Library, key: Any) -> None:
    """Reading, its transpose and writing, where libraries put the axes elsewhere or know no such index."""
    x = np.arange(24.0).reshape(2, 3, 4)
    t = Tensor(there.asarray(x), requires_grad=True)
    y = t[key]
    assert host(there, y) == x[key].tolist()
    g = np.arange(1.0, 1.0 + x[key].size).reshape(x[key].shape)
    y.backward(there.asarray(g))
    added = np.zeros(x.shape)
    np.add.at(added, key, g)
    assert host(there, t.grad) == added.tolist()
    written = x.copy()
    written[key] = -1.0
    assert host(there, ad.setitem(t, -1.0, key=key)) == written.tolist()


def test_errors_name_the_operation(there: Library) -> None:
    """The library's error, with the operation and the shapes before it."""
    t = Tensor(put(there, [1.0, 2.0, 3.0]), requires_grad=True)
    with pytest.raises((ValueError, TypeError), match=r"add\(.*\(3,\).*\(2,\)"):
        t + Tensor(put(there, [1.0, 2.0]))
    with pytest.raises((ValueError, TypeError), match=r"reshape\(.*\(3,\)"):
        t.reshape(2, 2)
    with pytest.raises(GradientError, match="equal"):  # which isn't taken for an error of the library
        ad.grad(lambda x: ad.linalg.eigh(x).eigenvectors.sum())(put(there, np.eye(2)))


def test_gradcheck(there: Library) -> None:
    """Of a function of such arrays, both orders."""
    assert ad.gradcheck(lambda x: ad.sin(x) * x, put(there, [0.5, 2.0]), order=2)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without array-api-compat, an array that needs it says so."""

    def without(name: str, package: str | None = None) -> Any:
        raise ModuleNotFoundError(name)

    array_type = type("Tensor", (), {"__module__": "torch", "__dlpack__": None})
    monkeypatch.setattr(importlib, "import_module", without)
    assert resolution.is_array(array_type())
    with pytest.raises(ImportError, match=r"torch.*array-api-compat"):
        Tensor(array_type())


def test_pytorchs_own_gradients_play_no_part() -> None:
    """A Tensor made of a torch.Tensor that requires a gradient is detached from it."""
    torch = library("torch").module
    parameter = torch.tensor([1.0, 2.0], requires_grad=True)
    t = Tensor(parameter, requires_grad=True)
    (t * t).sum().backward()
    assert parameter.grad is None
    assert not t.data.requires_grad
    assert t.dtype == torch.float32
    assert t.grad is not None
    assert t.grad.tolist() == [2.0, 4.0]
