"""`einsum`: sums of products in index notation, as a sequence of matrix products."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..op import TENSORS, as_tensors
from ..tensor import Tensor

Labelled = tuple[Tensor, str]
"""A tensor and the letters of its axes."""


def einsum(subscripts: str, /, *operands: Any, optimize: Any = "greedy") -> Tensor:
    """Products of arrays, summed over the axes whose letters the result lacks.

    Parameters
    ----------
    subscripts : str
        The letters of each array's axes, and after "->" those of the result: "ij,jk->ik" is the matrix product.
        "..." stands for further axes, which broadcast. Without "->" the result has the letters that occur once, in
        alphabetical order.
    *operands : array
        One per group of letters.
    optimize : str or bool
        How to look for a good order of the products; see `numpy.einsum_path`, which finds it.

    Raises
    ------
    ValueError
        Letters that don't fit the arrays.

    Examples
    --------
    >>> import autodiff as ad
    >>> a = ad.Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    >>> y = ad.einsum("ij,j->i", a, [1.0, 10.0])
    >>> y.sum().backward()
    >>> y.detach(), a.grad
    (Tensor([21., 43.]), Tensor([[ 1., 10.],
            [ 1., 10.]]))
    """
    tensors = as_tensors(operands)
    inputs, result = _parsed(subscripts, tensors)
    sizes = _sizes(subscripts, inputs, tensors)
    path = np.einsum_path(
        f"{','.join(inputs)}->{result}",
        *[np.broadcast_to(0.0, t.shape) for t in tensors],
        optimize=optimize,
    )[0][1:]
    waiting = [_simplified(t, letters, sizes) for t, letters in zip(tensors, inputs, strict=True)]
    for step in path:
        taken = [waiting.pop(k) for k in sorted(step, reverse=True)]
        product = taken[0]
        for k, factor in enumerate(taken[1:], 2):
            needed = result + "".join(letters for _, letters in (*waiting, *taken[k:]))
            product = _product(product, factor, needed)
        waiting.append(product)
    ((x, letters),) = waiting
    x, letters = _summed((x, letters), result)
    return TENSORS.permute_dims(x, tuple([letters.index(k) for k in result]))  # type: ignore[no-any-return]


def _parsed(subscripts: str, tensors: Sequence[Tensor]) -> tuple[list[str], str]:
    """The letters of each array and of the result, with letters in place of "..."."""
    left, arrow, result = subscripts.replace(" ", "").partition("->")
    groups = left.split(",")
    if len(groups) != len(tensors):
        raise ValueError(f"einsum: {subscripts!r} is for {len(groups)} arrays, got {len(tensors)}")
    free = [k for k in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if k not in subscripts]
    further = [t.ndim - len(g.replace("...", "")) if "..." in g else 0 for g, t in zip(groups, tensors, strict=True)]
    most = max([0, *further])
    dots = "".join(free[:most])
    inputs = [g.replace("...", dots[most - n :] if n > 0 else "") for g, n in zip(groups, further, strict=True)]
    if not arrow:
        once = sorted(k for k in set(left) - set(".,") if left.count(k) == 1)
        result = "..." + "".join(once)
    return inputs, result.replace("...", dots)


def _sizes(subscripts: str, inputs: Sequence[str], tensors: Sequence[Tensor]) -> dict[str, int]:
    """The length that each letter stands for; an axis of length 1 fits any."""
    sizes: dict[str, int] = {}
    for letters, t in zip(inputs, tensors, strict=True):
        if len(letters) != t.ndim:
            raise ValueError(f"einsum: {subscripts!r} doesn't fit an array of shape {t.shape}")
        for letter, n in zip(letters, t.shape, strict=True):
            if sizes.setdefault(letter, n) == 1:
                sizes[letter] = n
            elif n not in (1, sizes[letter]):
                raise ValueError(f"einsum: in {subscripts!r} the letter {letter} stands for {sizes[letter]} and {n}")
    return sizes


def _simplified(x: Tensor, letters: str, sizes: dict[str, int]) -> Labelled:
    """An array without axes to be broadcast, and with the diagonal in place of axes of one letter."""
    stretched = tuple([k for k, letter in enumerate(letters) if x.shape[k] == 1 < sizes[letter]])
    if stretched:
        x = TENSORS.squeeze(x, axis=stretched)
        letters = "".join(letter for k, letter in enumerate(letters) if k not in stretched)
    for letter in dict.fromkeys(letters):
        while letters.count(letter) > 1:
            i = letters.index(letter)
            j = letters.index(letter, i + 1)
            others = [k for k in range(x.ndim) if k not in (i, j)]
            places = np.arange(x.shape[i])
            x = TENSORS.permute_dims(x, (i, j, *others))[places, places]
            letters = letter + "".join(letters[k] for k in others)
    return x, letters


def _summed(operand: Labelled, needed: str) -> Labelled:
    """An array summed over the axes that nobody needs."""
    x, letters = operand
    axes = tuple([k for k, letter in enumerate(letters) if letter not in needed])
    return (TENSORS.sum(x, axis=axes), "".join(k for k in letters if k in needed)) if axes else operand


def _product(first: Labelled, second: Labelled, needed: str) -> Labelled:
    """The product of two arrays, as stacks of matrices, summed over what nobody else needs."""
    a, of_a = _summed(first, needed + second[1])
    b, of_b = _summed(second, needed + of_a)
    stacked = [k for k in of_a if k in of_b and k in needed]
    inner = [k for k in of_a if k in of_b and k not in needed]
    rows = [k for k in of_a if k not in of_b]
    columns = [k for k in of_b if k not in of_a]
    sizes = dict(zip(of_a + of_b, a.shape + b.shape, strict=True))

    def lengths(letters: list[str]) -> tuple[int, ...]:
        return tuple([sizes[k] for k in letters])

    stack = lengths(stacked)
    n, m, p = math.prod(lengths(rows)), math.prod(lengths(inner)), math.prod(lengths(columns))
    left = TENSORS.permute_dims(a, tuple([of_a.index(k) for k in stacked + rows + inner]))
    right = TENSORS.permute_dims(b, tuple([of_b.index(k) for k in stacked + inner + columns]))
    if inner:
        product = TENSORS.matmul(TENSORS.reshape(left, (*stack, n, m)), TENSORS.reshape(right, (*stack, m, p)))
    else:
        product = TENSORS.reshape(left, (*stack, n, 1)) * TENSORS.reshape(right, (*stack, 1, p))
    return TENSORS.reshape(product, stack + lengths(rows) + lengths(columns)), "".join(stacked + rows + columns)


TENSORS.einsum = einsum
