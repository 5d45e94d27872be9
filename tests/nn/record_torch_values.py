"""Records what PyTorch says: ``python -m tests.nn.record_torch_values`` where torch is installed.

Writes `torch_values.json`, from which the tests read, so that they don't need torch.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("torch_values.json")

X = [-2.5, -1.0, -0.25, 0.0, 0.5, 3.0]
ROWS = [[0.5, -1.5, 2.0], [0.0, 0.25, -3.0]]
WEIGHT = [[0.1, -0.4, 0.7], [1.1, 0.2, -0.6]]
EXTREME = [-1e4, -100.0, 0.0, 100.0, 1e4]

Case = dict[str, Any]

ACTIVATIONS: dict[str, Case] = {
    "leaky_relu(x)": {},
    "leaky_relu(x, negative_slope=0.3)": {"negative_slope": 0.3},
    "elu(x)": {},
    "elu(x, alpha=0.5)": {"alpha": 0.5},
    "selu(x)": {},
    "gelu(x)": {},
    'gelu(x, approximate="tanh")': {"approximate": "tanh"},
    "silu(x)": {},
    "hardswish(x)": {},
}


def case(function: str, torch: str, inputs: Case, wanted: str = "", **params: Any) -> Case:
    """A call of nn.functional, the same call in PyTorch, and the inputs whose gradients are recorded."""
    return {
        "function": function,
        "torch": torch,
        "inputs": inputs,
        "wanted": wanted.split() or list(inputs)[:1],
        "params": params,
    }


def cases() -> list[Case]:
    """What is recorded, each in double and in single precision."""
    probability = {"p": [0.01, 0.3, 0.5, 0.99], "t": [0.0, 1.0, 0.25, 1.0]}
    linear = {"x": ROWS, "weight": WEIGHT, "bias": [0.5, -0.5]}
    return [
        case("relu", "F.relu(x)", {"x": X}),
        *[
            case(call.partition("(")[0], f"F.{call}", {"x": x}, **params)
            for x in ([*X, -3.0, -8.0, 8.0, -0.001], EXTREME)
            for call, params in ACTIVATIONS.items()
        ],
        case("sigmoid", "torch.sigmoid(x)", {"x": X + EXTREME}),
        case("tanh", "torch.tanh(x)", {"x": X + EXTREME}),
        case("softplus", "F.softplus(x)", {"x": [-15.0, *X, 15.0]}),
        case("softmax", "F.softmax(x, dim=1)", {"x": ROWS}, axis=1),
        case("softmax", "F.softmax(x, dim=0)", {"x": ROWS}, axis=0),
        case("softmax", "F.softmax(x, dim=-1)", {"x": EXTREME}, axis=-1),
        case("log_softmax", "F.log_softmax(x, dim=1)", {"x": ROWS}, axis=1),
        case("log_softmax", "F.log_softmax(x, dim=-1)", {"x": EXTREME}, axis=-1),
        case("linear", "F.linear(x, weight, bias)", linear, "x weight bias"),
        case("linear", "F.linear(x, weight)", {"x": ROWS[0], "weight": WEIGHT}, "x weight"),
        case("linear", "F.linear(x, weight, bias)", {**linear, "x": [ROWS, WEIGHT]}, "x weight bias"),
        case("mse_loss", "F.mse_loss(a, b)", {"a": ROWS, "b": WEIGHT}, "a b"),
        case("binary_cross_entropy", "F.binary_cross_entropy(p, t)", probability, "p t"),
        # Values alone: where a logarithm is clamped, the derivatives are not the same (see the docstring).
        case(
            "binary_cross_entropy",
            "F.binary_cross_entropy(p, t)",
            {"p": [0.0, 1.0, 0.0, 1.0], "t": [1.0, 0.0, 0.0, 0.25]},
            "-",
        ),
        case(
            "binary_cross_entropy_with_logits",
            "F.binary_cross_entropy_with_logits(z, t)",
            {"z": X, "t": [0.0, 1.0, 0.25, 0.75, 1.0, 0.0]},
            "z t",
        ),
        case(
            "binary_cross_entropy_with_logits",
            "F.binary_cross_entropy_with_logits(z, t)",
            {"z": EXTREME, "t": [1.0, 0.0, 1.0, 0.5, 0.0]},
        ),
        case("cross_entropy", "F.cross_entropy(z, t)", {"z": ROWS, "t": [2, 0]}),
        case("cross_entropy", "F.cross_entropy(z, t)", {"z": ROWS[0], "t": 1}),
        case("cross_entropy", "F.cross_entropy(z, t)", {"z": [EXTREME, EXTREME], "t": [0, 4]}),
        case(
            "cross_entropy",
            "F.cross_entropy(z, t)",
            {"z": ROWS, "t": [[0.25, 0.75, 0.0], [0.5, 0.25, 0.25]]},
            "z t",
        ),
    ]


SETTINGS: list[Case] = [
    {"lr": 0.1},
    {"lr": 0.1, "momentum": 0.9},
    {"lr": 0.1, "momentum": 0.9, "nesterov": True},
    {"lr": 0.1, "weight_decay": 0.01},
    {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.01, "nesterov": True},
]
START: Case = {"weight": WEIGHT, "bias": [0.0, 0.0], "scale": 1.5}
LOSS = "F.mse_loss(scale * torch.tanh(F.linear(x, weight, bias)), y)"
DATA: Case = {"x": ROWS, "y": [[0.2, -0.3], [1.0, 0.4]]}
STEPS = 5


def main() -> None:
    """Ask PyTorch, and write its answers down."""
    import torch
    from torch.nn import functional as F

    origin = f"torch {torch.__version__}"
    names = {"torch": torch, "F": F}

    def tensor(values: Any, dtype: Any, requires_grad: bool = False) -> Any:
        if torch.tensor(values).is_floating_point():
            return torch.tensor(values, dtype=dtype, requires_grad=requires_grad)
        return torch.tensor(values)

    def recorded(entry: Case, dtype: str) -> Case:
        inputs = {
            name: tensor(values, getattr(torch, dtype), name in entry["wanted"])
            for name, values in entry["inputs"].items()
        }
        value = eval(entry["torch"], names | inputs)
        gradients = {}
        if "-" not in entry["wanted"]:
            # A cotangent that tells the entries apart: 1, 2, 3, ...
            cotangent = torch.arange(1, value.numel() + 1, dtype=value.dtype).reshape(value.shape)
            value.backward(cotangent)
            gradients = {name: inputs[name].grad.tolist() for name in entry["wanted"]}
        kept = {key: content for key, content in entry.items() if key not in ("torch", "wanted")}
        said = f"{origin}: {entry['torch']}, backward with the cotangent 1, 2, 3, ..."
        return {"origin": said, "dtype": dtype, **kept, "value": value.tolist(), "gradients": gradients}

    def trajectory(settings: Case, dtype: str) -> Case:
        start = {name: tensor(values, getattr(torch, dtype), True) for name, values in START.items()}
        data = {name: tensor(values, getattr(torch, dtype)) for name, values in DATA.items()}
        optimizer = torch.optim.SGD(start.values(), **settings)
        after = []
        for _ in range(STEPS):
            optimizer.zero_grad()
            eval(LOSS, names | data | start).backward()
            optimizer.step()
            after.append({name: value.tolist() for name, value in start.items()})
        said = f"{origin}: torch.optim.SGD([weight, bias, scale], **settings) on {LOSS}, steps 1, 2, {STEPS}"
        return {
            "origin": said,
            "dtype": dtype,
            "settings": settings,
            "after": [after[0], after[1], after[-1]],
        }

    dtypes = ("float64", "float32")
    lines = {
        "functions": [recorded(entry, dtype) for entry in cases() for dtype in dtypes],
        "trajectories": [trajectory(settings, dtype) for settings in SETTINGS for dtype in dtypes],
    }
    sections = [
        f'"{name}": [\n' + ",\n".join(json.dumps(entry) for entry in entries) + "\n]" for name, entries in lines.items()
    ]
    sections.insert(0, f'"start": {json.dumps(START)},\n"data": {json.dumps(DATA)}')
    FILE.write_text("{\n" + ",\n".join(sections) + "\n}\n")


if __name__ == "__main__":
    main()
