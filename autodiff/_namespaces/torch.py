"""The namespace of PyTorch: what array-api-compat leaves open, and indexing by PyTorch's own means where it agrees."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .generic import Array, Namespace, is_basic


class _UniqueAll(NamedTuple):
    """What `unique_all` gives by the standard."""

    values: Array
    indices: Array
    inverse_indices: Array
    counts: Array


class TorchNamespace(Namespace):
    """PyTorch, through array-api-compat, whose module has PyTorch's own functions beside the standard's."""

    def asarray(self, obj: Any, /, *, dtype: Any = None, device: Any = None, copy: bool | None = None) -> Array:
        """An array of NumPy is copied: PyTorch takes none that is read-only or runs backwards."""
        if isinstance(obj, np.ndarray):
            obj = obj.copy()
        dtype = self.own_dtype(dtype)
        y: Array = self._module.asarray(obj, dtype=dtype, device=device, copy=copy, requires_grad=False)
        return y

    def to_numpy(self, x: Array) -> np.ndarray[Any, Any]:
        result: np.ndarray[Any, Any] = x.numpy(force=True)
        return result

    def getitem(self, x: Array, key: Any) -> Array:
        own = self._own_key(key, x.device)
        return self._taken(x, self._positions(x.shape, key)) if own is None else x[own]

    def setitem(self, x: Array, values: Array, key: Any) -> Array:
        own = self._own_key(key, x.device)
        if own is None:
            return super().setitem(x, values, key)
        y = x.clone()
        y[own] = self.asarray(values, dtype=x.dtype, device=x.device)
        return y

    def index_add(self, values: Array, key: Any, shape: tuple[int, ...]) -> Array:
        own = self._own_key(key, values.device)
        if own is None:
            return super().index_add(values, key, shape)
        total = self.zeros(shape, dtype=values.dtype, device=values.device)
        if is_basic(key):
            total[own] = values  # a basic index names no entry twice
            return total
        positions = self.arange(total.numel(), device=values.device).reshape(shape)[own]
        return total.reshape(-1).index_add(0, positions.reshape(-1), values.reshape(-1)).reshape(shape)

    def _own_key(self, key: Any, device: Any) -> Any:
        """`key` in PyTorch's terms, or None where PyTorch refuses it or takes it otherwise than NumPy.

        It knows no steps backwards, and moves axes to other places when numbers or new axes stand beside arrays.
        """
        keys = key if isinstance(key, tuple) else (key,)
        if any(isinstance(k, slice) and k.step is not None and k.step < 0 for k in keys):
            return None
        if is_basic(key):
            return key
        own = []
        for k in keys:
            if k is not Ellipsis and not isinstance(k, slice):
                k = None if k is None else self.asarray(k, device=device)
                if k is None or not k.ndim:
                    return None
                if k.dtype is not self.bool:
                    k = k.to(self.int64)
            own.append(k)
        return tuple(own)

    def unique_all(self, x: Array, /) -> _UniqueAll:
        """PyTorch doesn't say where a value stands first; it begins its run when the inverse is sorted."""
        values, inverse, counts = self._module.unique(x, return_inverse=True, return_counts=True)
        order = self.argsort(inverse.reshape(-1))
        return _UniqueAll(values, order[self.cumulative_sum(counts) - counts], inverse, counts)
