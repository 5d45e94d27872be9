"""Modules: which parameters they have, under which names, and how their state is copied, saved and set."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nn
from autodiff import GradientError, Tensor, no_grad
from nn import Module, Parameter, optim


class Affine(Module):
    """Two parameters, with something else between them."""

    def __init__(self, start: float = 0.0) -> None:
        self.factor = Parameter([start, start + 1.0], name="factor")
        self.note = "not a parameter"
        self.offset = Parameter(start + 2.0, name="offset")

    def forward(self, x: Any, *, times: float = 1.0) -> Any:
        """``times * (factor * x + offset)``."""
        return times * (self.factor * x + self.offset)


class Nested(Module):
    """Parameters and modules, alone and in lists."""

    def __init__(self) -> None:
        self.last = Parameter(9.0)
        self.blocks = [Affine(1.0), Parameter(5.0), Affine(6.0)]
        self.constant = Tensor(1.0)
        self.inner = nn.Sequential(Affine(10.0), nn.ReLU())
        self.pair = (Parameter(20.0), 3)
        self.heads = {"left": Affine(30.0), "right": [[Parameter(40.0)]]}

    def forward(self, x: Any) -> Any:
        """Everything in its turn."""
        for block in (self.blocks[0], self.blocks[2], self.inner, self.heads["left"]):
            x = block(x) * self.last + self.heads["right"][0][0]
        return x * self.blocks[1] + self.pair[0] + self.constant


NESTED = [
    "last",
    "blocks.0.factor",
    "blocks.0.offset",
    "blocks.1",
    "blocks.2.factor",
    "blocks.2.offset",
    "inner.0.factor",
    "inner.0.offset",
    "pair.0",
    "heads.left.factor",
    "heads.left.offset",
    "heads.right.0.0",
]


class Tied(Module):
    """One parameter under two names, and a module that is used twice."""

    def __init__(self) -> None:
        self.a = Parameter([1.0, 2.0])
        self.layers = [Affine(3.0)] * 2
        self.b = self.a

    def forward(self, x: Any) -> Any:
        """Uses each name."""
        return self.layers[1](self.layers[0](x * self.a)) * self.b


def names(module: Module) -> list[str]:
    """The names of the parameters."""
    return [name for name, _ in module.named_parameters()]


# Parameters -------------------------------------------------------------------------------------------------


def test_a_parameter_is_a_leaf_that_requires_a_gradient() -> None:
    """Unless it is frozen; it takes Tensor's other arguments."""
    p = Parameter([1, 2], dtype=np.float32, name="w")
    assert isinstance(p, Tensor)
    assert p.requires_grad
    assert p.is_leaf
    assert (p.dtype, p.name) == (np.float32, "w")
    assert not Parameter(1.0, requires_grad=False).requires_grad
    with pytest.raises(TypeError, match="int64"):
        Parameter([1, 2])
    with pytest.raises(GradientError, match="detach"):
        Parameter(p)


def test_order_is_that_of_definition() -> None:
    """Through nested modules, lists, tuples and dicts, and in the middle of a list."""
    assert names(Nested()) == NESTED
    assert [p.data.tolist() for p in Nested().parameters()] == [
        9.0, [1.0, 2.0], 3.0, 5.0, [6.0, 7.0], 8.0, [10.0, 11.0], 12.0, 20.0, [30.0, 31.0], 32.0, 40.0,
    ]  # fmt: skip


def test_a_parameter_set_later_comes_last() -> None:
    """And one that is set again keeps its place; a deleted one is gone."""
    module = Affine()
    module.extra = Parameter(1.0)  # type: ignore[attr-defined]
    module.factor = Parameter([5.0])
    assert names(module) == ["factor", "offset", "extra"]
    del module.factor
    assert names(module) == ["offset", "extra"]


def test_tied_parameters_come_once() -> None:
    """Under the first name; their gradient is the sum over all uses."""
    module = Tied()
    assert names(module) == ["a", "layers.0.factor", "layers.0.offset"]
    assert len(set(module.parameters())) == 3
    x = np.array([0.5, -1.0])
    module(x).sum().backward()
    # y = (f (f x a + o) + o) a, with a = (1, 2), f = (3, 4), o = 5, by hand
    a, f, o = np.array([1.0, 2.0]), np.array([3.0, 4.0]), 5.0
    assert module.a.grad.tolist() == (2 * f * f * x * a + f * o + o).tolist()
    assert module.layers[0].factor.grad.tolist() == (a * (2 * f * x * a + o)).tolist()
    assert module.layers[0].offset.grad.item() == (a * (f + 1)).sum()


def test_a_module_without_parameters() -> None:
    """Has none, an empty state, and can be asked for all the rest."""
    module = nn.ReLU()
    assert list(module.parameters()) == []
    assert module.state_dict() == {}
    module.load_state_dict({})
    module.zero_grad()
    assert module.eval().training is False


def test_forward_is_needed() -> None:
    """A Module without `forward` can't be made."""
    with pytest.raises(TypeError, match="abstract"):
        type("Empty", (Module,), {})()


def test_call_passes_everything_on() -> None:
    """Positional and named arguments reach `forward`."""
    module = Affine()
    assert module(2.0, times=10.0).tolist() == [20.0, 40.0]
    assert module(x=2.0).tolist() == [2.0, 4.0]


def test_named_children() -> None:
    """The modules one level below, with their names."""
    module = Nested()
    found = dict(module.named_children())
    assert list(found) == ["blocks.0", "blocks.2", "inner", "heads.left"]
    assert found["inner"] is module.inner


def test_train_and_eval_reach_every_module() -> None:
    """Both return the module itself."""
    module = Nested()
    every = [module, module.blocks[0], module.blocks[2], module.inner, module.heads["left"], *module.inner]
    assert all(m.training for m in every)
    assert module.eval() is module
    assert not any(m.training for m in every)
    assert module.train() is module
    assert all(m.training for m in every)
    assert names(module) == NESTED


def test_zero_grad_forgets_every_gradient() -> None:
    """And gradients accumulate until then."""
    module = Nested()
    module([1.0, 2.0]).sum().backward()
    once = [p.grad.numpy().copy() for p in module.parameters()]
    module([1.0, 2.0]).sum().backward()
    assert all((p.grad.numpy() == 2 * g).all() for p, g in zip(module.parameters(), once, strict=True))
    module.zero_grad()
    assert all(p.grad is None for p in module.parameters())


def test_frozen_parameters() -> None:
    """Are parameters with a name and a state still, receive no gradient, and can be thawed."""
    module = Affine(1.0)
    module.factor.requires_grad = False
    assert names(module) == ["factor", "offset"]
    module([1.0, 1.0]).sum().backward()
    assert module.factor.grad is None
    assert module.offset.grad.item() == 2.0
    module.load_state_dict({"factor": np.zeros(2), "offset": np.array(0.0)})
    assert module.factor.tolist() == [0.0, 0.0]
    assert not module.factor.requires_grad
    module.factor.requires_grad = True
    module([1.0, 3.0]).sum().backward()
    assert module.factor.grad.tolist() == [1.0, 3.0]


def test_repr_shows_the_tree() -> None:
    """Types, names and shapes of parameters, one module a line."""
    assert repr(Affine()) == "Affine(factor=(2,), offset=())"
    assert repr(nn.ReLU()) == "ReLU()"
    assert repr(Nested()).splitlines() == [
        "Nested(last=(), blocks.1=(), pair.0=(), heads.right.0.0=()",
        "  (blocks.0): Affine(factor=(2,), offset=())",
        "  (blocks.2): Affine(factor=(2,), offset=())",
        "  (inner): Sequential(",
        "    (0): Affine(factor=(2,), offset=())",
        "    (1): ReLU()",
        "  )",
        "  (heads.left): Affine(factor=(2,), offset=())",
        ")",
    ]


# State ------------------------------------------------------------------------------------------------------


def test_state_dict_holds_copies() -> None:
    """A later change of the parameters doesn't reach it, nor a change in it the parameters."""
    module = Nested()
    state = module.state_dict()
    assert list(state) == NESTED
    before = {name: value.copy() for name, value in state.items()}
    with no_grad():
        for p in module.parameters():
            p += 1.0
    assert all((state[name] == before[name]).all() for name in NESTED)
    state["last"][...] = -1.0
    assert module.last.item() == 10.0
    module.load_state_dict(before)
    before["last"][...] = -2.0
    assert module.last.item() == 9.0


def test_state_goes_through_a_file(tmp_path: Path) -> None:
    """What numpy.savez wrote and numpy.load reads is a state."""
    module = Nested()
    np.savez(tmp_path / "model.npz", **module.state_dict())
    other = Nested()
    with no_grad():
        for p in other.parameters():
            p *= 0.0
    with np.load(tmp_path / "model.npz") as state:
        other.load_state_dict(state)
    assert other([1.0, 2.0]).tolist() == module([1.0, 2.0]).tolist()


def test_tied_parameters_in_the_state() -> None:
    """Every name is there, as in PyTorch, and stays tied after loading."""
    module = Tied()
    state = module.state_dict()
    assert list(state) == [
        "a", "layers.0.factor", "layers.0.offset", "layers.1.factor", "layers.1.offset", "b",
    ]  # fmt: skip
    state["a"] = state["b"] = np.array([7.0, 8.0])
    module.load_state_dict(state)
    assert module.a is module.b
    assert module.b.tolist() == [7.0, 8.0]


STATE = {"factor": np.array([5.0, 6.0]), "offset": np.array(7.0)}


@pytest.mark.parametrize(
    ("state", "error", "message"),
    [
        ({"factor": STATE["factor"]}, ValueError, r"missing \['offset'\], unexpected nothing"),
        (STATE | {"other": 1.0}, ValueError, r"missing nothing, unexpected \['other'\]"),
        (STATE | {"offset": np.zeros(2)}, ValueError, r"offset has shape \(\), but \(2,\) was given"),
        (STATE | {"offset": np.array(1j)}, TypeError, "offset is float64, but complex128 was given"),
        (STATE | {"offset": np.array("x")}, TypeError, "offset is float64, but"),
        (STATE | {"offset": Tensor(1.0, requires_grad=True)}, GradientError, "detach"),
    ],
    ids=["missing", "unexpected", "shape", "dtype", "text", "tracked"],
)
def test_load_state_dict_sets_all_or_nothing(state: dict[str, Any], error: Any, message: str) -> None:
    """After an error in the last entry the first has its old value, too."""
    module = Affine(1.0)
    with pytest.raises(error, match=message):
        module.load_state_dict(state)
    assert module.factor.tolist() == [1.0, 2.0]
    assert module.offset.item() == 3.0


def test_load_state_dict_without_strict() -> None:
    """Missing and unexpected names are passed over; a wrong shape still is an error."""
    module = Affine(1.0)
    module.load_state_dict({"offset": 9.0, "other": 1.0}, strict=False)
    assert (module.factor.tolist(), module.offset.item()) == ([1.0, 2.0], 9.0)
    with pytest.raises(ValueError, match="shape"):
        module.load_state_dict({"offset": 1.0, "factor": np.zeros(3)}, strict=False)
    assert module.offset.item() == 9.0


def test_load_state_dict_keeps_dtypes() -> None:
    """Of the parameters: integers and other precisions are converted."""
    module = Affine(1.0)
    module.factor = Parameter(np.ones(2, np.float32))
    module.load_state_dict({"factor": np.array([0.1, 0.2]), "offset": 3})
    assert (module.factor.dtype, module.offset.dtype) == (np.float32, np.float64)
    assert module.factor.tolist() == np.array([0.1, 0.2], np.float32).tolist()


def test_load_state_dict_writes_into_the_present_memory() -> None:
    """So an optimizer's flat buffer stays the parameters' memory, and the optimizer goes on from there."""
    module = nn.Linear(3, 2, rng=0)
    optimizer = optim.SGD(module.parameters(), lr=0.5)
    memory = [p.data for p in module.parameters()]
    module.load_state_dict({"weight": np.ones((2, 3)), "bias": np.zeros(2)})
    assert all(p.data is array for p, array in zip(module.parameters(), memory, strict=True))
    module(np.ones(3)).sum().backward()
    optimizer.step()
    assert module.weight.tolist() == [[0.5] * 3] * 2
    assert module.bias.tolist() == [-0.5] * 2


def test_load_state_dict_between_forward_and_backward() -> None:
    """Is a change in place: the gradient would be that of other values."""
    module = nn.Linear(3, 2, rng=0)
    hidden = module(np.ones(3))
    loss = (module.weight * hidden.sum()).sum()
    module.load_state_dict(module.state_dict())
    with pytest.raises(GradientError, match="leaf weight"):
        loss.backward()


# Copies -----------------------------------------------------------------------------------------------------


def roundtrip(module: Any) -> Any:
    """Pickled and back."""
    return pickle.loads(pickle.dumps(module))


@pytest.mark.parametrize("copied", [copy.deepcopy, roundtrip])
def test_a_copied_module_is_another(copied: Any) -> None:
    """The same outputs, names and mode, and no shared memory; frozen stays frozen."""
    module = Nested().eval()
    module.blocks[1].requires_grad = False
    other = copied(module)
    assert names(other) == NESTED
    assert not other.inner.training
    assert not other.blocks[1].requires_grad
    assert [type(p) for p in other.parameters()] == [Parameter] * len(NESTED)
    assert [p.name for p in other.parameters()] == [p.name for p in module.parameters()]
    x = [1.0, 2.0]
    before = module(x).tolist()
    assert other(x).tolist() == before
    with no_grad():
        for p in other.parameters():
            p *= 2.0
    assert module(x).tolist() == before
    other(x).sum().backward()
    assert module.last.grad is None
    assert other.last.grad is not None


@pytest.mark.parametrize("copied", [copy.deepcopy, roundtrip])
def test_ties_survive_a_copy(copied: Any) -> None:
    """What was one parameter is one parameter in the copy."""
    other = copied(Tied())
    assert other.a is other.b
    assert other.layers[0] is other.layers[1]
    assert len(list(other.parameters())) == 3


@pytest.mark.parametrize("copied", [copy.deepcopy, roundtrip])
def test_network_and_optimizer_copied_together(copied: Any) -> None:
    """Both pairs train on alike, momentum included, and apart from one another."""
    net = nn.ThreeLayerNet(rng=0)
    pair = net, optim.SGD(net.parameters(), lr=0.1, momentum=0.9)

    def train(net: Any, optimizer: Any) -> list[float]:
        losses = []
        for _ in range(5):
            loss = nn.functional.mse_loss(net([0.2, 0.8]), [1.0])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    train(*pair)
    other = copied(pair)
    assert train(*pair) == train(*other)
    assert all((net.state_dict()[name] == value).all() for name, value in other[0].state_dict().items())
