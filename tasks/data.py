"""The report's two datasets: points of the unit square with the label 0 or 1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def linear_points(n: int = 100, seed: int = 0) -> tuple[Array, Array]:
    """Points uniform in the unit square, with label 0 where x > y and else 1.

    The report gives no seed for its points. These come from `numpy.random.RandomState`, whose stream NumPy
    has promised to keep as it is, so that a seed means the same points with every version.

    Parameters
    ----------
    n : int
        Number of points.
    seed : int
        Seed of the points; it has nothing to do with the seed of the weights.

    Returns
    -------
    x : ndarray of shape (n, 2), float64
    y : ndarray of shape (n, 1), float64
        The labels, 0.0 or 1.0.

    Examples
    --------
    >>> x, y = linear_points(3)
    >>> x.round(2)
    array([[0.55, 0.72],
           [0.6 , 0.54],
           [0.42, 0.65]])
    >>> y.ravel()
    array([1., 0., 1.])
    """
    x = np.random.RandomState(seed).uniform(0.0, 1.0, (n, 2))
    y = np.where(x[:, :1] > x[:, 1:], 0.0, 1.0)
    return x, y


def xor_points() -> tuple[Array, Array]:
    """The 21 points on the two diagonals of the unit square.

    For k = 0, ..., 10 the point (0.1 k, 0.1 k) with label 0, then (0.1 k, 1 - 0.1 k) with label 1; the
    centre, where both meet, has label 0 alone.

    Returns
    -------
    x : ndarray of shape (21, 2), float64
    y : ndarray of shape (21, 1), float64
        The labels, 0.0 or 1.0.

    Examples
    --------
    >>> x, y = xor_points()
    >>> x[:4]
    array([[0. , 0. ],
           [0. , 1. ],
           [0.1, 0.1],
           [0.1, 0.9]])
    >>> int(y.sum()), len(y)
    (10, 21)
    """
    x, y = [], []
    for k in range(11):
        # As the report has it, 0.1 * k and not k / 10: they differ in the last bit, which its figures show.
        x.append((0.1 * k, 0.1 * k))
        y.append((0.0,))
        if 0.1 * k == 0.5:
            continue
        x.append((0.1 * k, 1 - 0.1 * k))
        y.append((1.0,))
    return np.array(x), np.array(y)
