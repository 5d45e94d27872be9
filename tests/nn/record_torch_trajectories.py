"""Records PyTorch's optimizers: ``python -m tests.nn.record_torch_trajectories`` where torch is installed.

Writes `torch_trajectories.json`, from which the tests read, so that they don't need torch.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("torch_trajectories.json")

Case = dict[str, Any]

STEPS = 80
KEPT = (1, 2, 10, 40, 80)

DECIDED_BY_ROUNDING = {"float64": 1e-3, "float32": 3e-6}
"""A trajectory is kept as long as PyTorch's own in double and in single precision are no farther apart.

Beyond, rounding errors have grown so much (near a division by 0, up a hill, in a line search) that two programs that
do the same in another order can't agree to 1e-5 in single precision, or to 1e-10 in double.
"""

PROBLEMS: dict[str, Case] = {
    # The losses are formulas for both libraries, which give the names `linear`, `tanh`, `mse_loss`.
    "quadratic": {
        "start": {"u": [1.0, -2.0, 0.5], "v": [[3.0, -1.0]]},
        "loss": "(0.5 * curvature * u * u).sum() + ((v - 1.0) * (v - 1.0)).sum()",
        "data": {"curvature": [0.5, 1.0, 3.0]},
    },
    "rosenbrock": {
        "start": {"u": [-1.2, 1.0]},
        "loss": "100.0 * (u[1] - u[0] * u[0]) * (u[1] - u[0] * u[0]) + (1.0 - u[0]) * (1.0 - u[0])",
        "data": {},
    },
    "network": {
        "start": {
            "W1": [[0.3, -0.5], [0.8, 0.2], [-0.6, 0.9]],
            "b1": [0.1, -0.2, 0.0],
            "W2": [[0.7, -0.4, 0.5]],
            "b2": [0.05],
        },
        "loss": "mse_loss(linear(tanh(linear(x, W1, b1)), W2, b2), y)",
        "data": {"x": [[0.5, -1.5], [2.0, 0.0], [0.25, -1.0], [-0.5, 1.0]], "y": [[0.2], [1.0], [-0.3], [0.4]]},
    },
}


def case(
    optimizer: str,
    problems: str,
    groups: list[Case] | None = None,
    missing: str = "",
    halved: bool = False,
    **settings: Any,
) -> list[Case]:
    """One setting on several problems.

    `groups` name their parameters, `missing` has no gradient in some steps, and the learning rates may be halved after
    20 steps.
    """
    common = {"optimizer": optimizer, "settings": settings, "groups": groups, "missing": missing, "halved": halved}
    return [{"problem": problem, **common} for problem in problems.split()]


def two_groups(**second: Any) -> list[Case]:
    """The network's layers, the second with options of its own."""
    return [{"params": ["W1", "b1"]}, {"params": ["W2", "b2"], **second}]


ALL = "quadratic rosenbrock network"

CASES: list[Case] = [
    *case("SGD", "quadratic network", lr=0.1),
    *case("SGD", "rosenbrock", lr=5e-4),
    *case("SGD", "quadratic network", lr=0.05, momentum=0.9),
    *case("SGD", "rosenbrock", lr=2e-4, momentum=0.9),
    *case("SGD", "quadratic network", lr=0.05, momentum=0.9, nesterov=True),
    *case("SGD", "rosenbrock", lr=2e-4, momentum=0.9, nesterov=True),
    *case("SGD", "quadratic network", lr=0.05, momentum=0.8, dampening=0.4, weight_decay=0.01),
    *case("SGD", "rosenbrock", lr=5e-4, momentum=0.8, dampening=0.4, weight_decay=0.01),
    *case("SGD", "network", lr=0.002, momentum=0.5, maximize=True),
    *case("SGD", "network", lr=0.1, momentum=0.9, weight_decay=0.1, missing="b1 W2"),
    *case("SGD", "network", lr=0.1, momentum=0.5, dampening=0.5, missing="W1"),
    *case("SGD", "network", two_groups(lr=0.02, momentum=0.9, nesterov=True), lr=0.1, weight_decay=0.01),
    *case("SGD", "network", two_groups(lr=0.02), halved=True, lr=0.1, momentum=0.9, weight_decay=0.01),
    *case("Adagrad", "network", halved=True, lr=0.1, lr_decay=0.1, weight_decay=0.1),
    *case("RMSprop", "network", halved=True, lr=0.01, momentum=0.5, weight_decay=0.1),
    *case("Adam", "network", halved=True, lr=0.05, weight_decay=0.1, amsgrad=True),
    *case("AdamW", "network", two_groups(lr=0.02), halved=True, lr=0.05, weight_decay=0.1),
    *case("LBFGS", "network", halved=True, lr=0.1, max_iter=1, history_size=2),
    *case("Adagrad", ALL, lr=0.1),
    *case("Adagrad", ALL, lr=0.2, lr_decay=0.05, weight_decay=0.01),
    *case("Adagrad", ALL, lr=0.1, initial_accumulator_value=0.5, eps=1e-6),
    *case("Adagrad", "network", lr=0.02, maximize=True),
    *case("Adagrad", "network", lr=0.1, lr_decay=0.1, missing="b1 W2"),
    *case("Adagrad", "network", two_groups(lr=0.02, lr_decay=0.1), lr=0.1),
    *case("RMSprop", ALL, lr=0.01),
    *case("RMSprop", ALL, lr=0.01, alpha=0.9, momentum=0.9),
    *case("RMSprop", ALL, lr=0.01, alpha=0.95, centered=True, eps=1e-4),
    *case("RMSprop", ALL, lr=0.005, alpha=0.9, centered=True, momentum=0.5, weight_decay=0.05, eps=1e-3),
    *case("RMSprop", "network", lr=0.01, maximize=True),
    *case("RMSprop", "network", lr=0.01, momentum=0.5, missing="b1 W2"),
    *case("RMSprop", "network", two_groups(lr=0.002, momentum=0.9, centered=True, eps=1e-3), lr=0.01),
    *case("Adam", ALL, lr=0.05),
    *case("Adam", ALL, lr=0.05, betas=[0.8, 0.99], eps=1e-6, weight_decay=0.1),
    *case("Adam", ALL, lr=0.1, amsgrad=True),
    *case("Adam", "network", lr=0.01, maximize=True, amsgrad=True),
    *case("Adam", "network", lr=0.05, missing="b1 W2"),
    *case("Adam", "network", two_groups(lr=0.005, betas=[0.5, 0.9], amsgrad=True), lr=0.05),
    *case("AdamW", ALL, lr=0.05),
    *case("AdamW", ALL, lr=0.05, betas=[0.8, 0.99], weight_decay=0.3, amsgrad=True),
    *case("AdamW", "network", lr=0.01, maximize=True),
    *case("AdamW", "network", lr=0.05, weight_decay=0.1, missing="b1 W2"),
    *case("AdamW", "network", two_groups(lr=0.005, weight_decay=0.2), lr=0.05),
    *case("LBFGS", "quadratic network", lr=0.5, max_iter=2),
    *case("LBFGS", "quadratic network", lr=0.8, max_iter=3, history_size=2),
    *case("LBFGS", ALL, max_iter=2, max_eval=25, line_search_fn="strong_wolfe"),
    *case("LBFGS", ALL, lr=0.5, max_iter=4, max_eval=20, history_size=3, line_search_fn="strong_wolfe"),
    *case("LBFGS", "network", max_iter=3, line_search_fn="strong_wolfe", missing="b1"),
]


def main() -> None:
    """Ask PyTorch, and write its answers down."""
    import torch
    from torch.nn import functional as F

    names = {"linear": F.linear, "tanh": torch.tanh, "mse_loss": F.mse_loss}

    def trajectory(entry: Case, dtype: str) -> list[Case]:
        """The parameters after each step."""
        problem = PROBLEMS[entry["problem"]]
        kind = getattr(torch, dtype)
        start = {
            name: torch.tensor(values, dtype=kind, requires_grad=True) for name, values in problem["start"].items()
        }
        data = {name: torch.tensor(values, dtype=kind) for name, values in problem["data"].items()}
        groups = entry["groups"] or [{"params": list(start)}]
        groups = [{**group, "params": [start[name] for name in group["params"]]} for group in groups]
        optimizer = getattr(torch.optim, entry["optimizer"])(groups, **entry["settings"])
        after = []
        for k in range(1, STEPS + 1):

            def closure(k: int = k) -> Any:
                optimizer.zero_grad()
                loss = eval(problem["loss"], names | data | start)
                loss.backward()
                if k % 3 == 2:
                    for name in entry["missing"].split():
                        start[name].grad = None
                return loss

            optimizer.step(closure)
            if entry["halved"] and k == 20:
                for group in optimizer.param_groups:
                    group["lr"] *= 0.5
            after.append({name: value.detach().clone() for name, value in start.items()})
        return after

    def recorded(entry: Case) -> list[Case]:
        both = {dtype: trajectory(entry, dtype) for dtype in DECIDED_BY_ROUNDING}
        apart = [
            max(float((single[name].double() - double[name]).abs().max()) for name in double)
            for double, single in zip(both["float64"], both["float32"], strict=True)
        ]
        return [
            {
                "dtype": dtype,
                **entry,
                "after": {
                    k: {
                        name: rounded(value.tolist(), {"float64": 17, "float32": 9}[dtype])
                        for name, value in after[k - 1].items()
                    }
                    for k in KEPT
                    if max(apart[:k]) <= DECIDED_BY_ROUNDING[dtype]
                },
            }
            for dtype, after in both.items()
        ]

    def rounded(values: Any, digits: int) -> Any:
        if isinstance(values, list):
            return [rounded(value, digits) for value in values]
        return float(f"{values:.{digits}g}")

    entries = [line for entry in CASES for line in recorded(entry)]
    origin = f"torch {torch.__version__}: torch.optim.<optimizer>(groups, **settings).step(closure), {STEPS} times"
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    FILE.write_text(f'{{"origin": {json.dumps(origin)},\n"trajectories": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
