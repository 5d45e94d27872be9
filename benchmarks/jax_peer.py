"""JAX on the report's step: `jit` with donated buffers, and an epoch by `lax.scan`, in double precision."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np

import nn
from tasks.data import xor_points

from .seed_step import LR, Candidate, sample

HERE = importlib.util.find_spec("jax") is not None


def _made(hidden: int) -> tuple[Any, Any, dict[str, Any]]:
    """JAX, the step as a pure function, and the initial parameters."""
    jax: Any = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy

    def loss_of(p: Any, x: Any, y: Any) -> Any:
        z1 = p["W1"] @ x + p["b1"]
        a1 = jnp.where(z1 > 0, z1, 0)  # jnp.maximum's derivative at 0, where the point (0, 0) lies, is 1/2
        a2 = 1 / (1 + jnp.exp(-(p["W2"] @ a1 + p["b2"])))
        a3 = 1 / (1 + jnp.exp(-(p["W3"] @ a2 + p["b3"])))
        return -0.5 * jnp.sum(y * jnp.log(a3) + (1 - y) * jnp.log(1 - a3))

    def step(p: Any, x: Any, y: Any) -> Any:
        loss, gradients = jax.value_and_grad(loss_of)(p, x, y)
        return {name: p[name] - LR * gradients[name] for name in p}, loss

    initial = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0)).state_dict()
    return jax, step, {name: jnp.asarray(value) for name, value in initial.items()}


def _flat(parameters: Any) -> Any:
    names = [kind + layer for layer in "123" for kind in "Wb"]  # JAX has put the dictionary into another order
    return np.concatenate([np.asarray(parameters[name]).ravel() for name in names])


def step(hidden: int) -> Candidate:
    """A step by `jit`; the old parameters' memory is given to the new ones."""
    jax, pure, parameters = _made(hidden)
    x, y = map(jax.numpy.asarray, sample())
    fast = jax.jit(pure, donate_argnums=0)

    def one() -> None:
        nonlocal parameters
        parameters, loss = fast(parameters, x, y)
        loss.block_until_ready()

    return one, lambda: _flat(parameters)


def epoch(hidden: int) -> Candidate:
    """An epoch over the 21 points by `lax.scan`."""
    jax, pure, parameters = _made(hidden)
    xs, ys = map(jax.numpy.asarray, xor_points())
    fast = jax.jit(lambda p, xs, ys: jax.lax.scan(lambda p, row: pure(p, *row), p, (xs, ys)), donate_argnums=0)

    def one() -> None:
        nonlocal parameters
        parameters, losses = fast(parameters, xs, ys)
        losses.block_until_ready()

    return one, lambda: _flat(parameters)
