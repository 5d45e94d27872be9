"""Records PyTorch's learning rates: ``python -m tests.nn.record_torch_schedules`` where torch is installed.

Writes `torch_schedules.json`, from which the tests read, so that they don't need torch.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("torch_schedules.json")
STEPS = 30
RATES = [0.4, 0.05]
METRICS = [5.0, 4.0, 4.0, 3.9999, 3.9, 3.95, 3.95, 3.95, 3.95, 3.95, 2.0, 2.1, 2.2, 2.3, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
METRICS = [*METRICS, 1.9, float("nan"), 1.8, 1.85, 1.85, 1.85, 1.85, 1.85, 1.85, -3.0]

Case = dict[str, Any]

CASES: list[tuple[str, Case]] = [
    ("ConstantLR", {}),
    ("ConstantLR", {"factor": 0.1, "total_iters": 12}),
    ("LinearLR", {}),
    ("LinearLR", {"start_factor": 0.01, "end_factor": 0.7, "total_iters": 20}),
    ("StepLR", {"step_size": 7}),
    ("StepLR", {"step_size": 1, "gamma": 0.8}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("CosineAnnealingLR", {"T_max": 29}),
    ("CosineAnnealingLR", {"T_max": 10, "eta_min": 0.02}),
    ("OneCycleLR", {"max_lr": 0.3, "total_steps": STEPS}),
    ("OneCycleLR", {"max_lr": [0.3, 0.1], "epochs": 5, "steps_per_epoch": 6, "anneal_strategy": "linear"}),
    ("OneCycleLR", {"max_lr": 0.3, "total_steps": 40, "pct_start": 0.2, "three_phase": True, "div_factor": 10.0}),
    ("OneCycleLR", {"max_lr": 0.3, "total_steps": STEPS, "cycle_momentum": False, "final_div_factor": 3.0}),
    ("ReduceLROnPlateau", {"patience": 2}),
    ("ReduceLROnPlateau", {"patience": 1, "factor": 0.5, "cooldown": 2, "min_lr": [0.01, 0.02]}),
    ("ReduceLROnPlateau", {"patience": 0, "mode": "max", "factor": 0.9, "threshold": 0.1, "threshold_mode": "abs"}),
    ("ReduceLROnPlateau", {"patience": 3, "factor": 0.1, "threshold": 0.05, "eps": 1e-3}),
    ("ReduceLROnPlateau", {"patience": 4, "mode": "max", "threshold": 0.05}),
]


def rates(
    optim: Any, schedules: Any, parameters: list[Any], name: str, settings: Case, rule: str
) -> list[list[list[float]]]:
    """Before each step: the groups' rates, and their momenta (of Adam, the first beta)."""
    groups = [{"params": [p], "lr": lr} for p, lr in zip(parameters, RATES, strict=True)]
    optimizer = getattr(optim, rule)(groups, lr=1.0)
    schedule = getattr(schedules, name)(optimizer, **settings)
    seen = []
    for k in range(STEPS):
        momenta = [
            float(group["momentum"] if "momentum" in group else group["betas"][0]) for group in optimizer.param_groups
        ]
        seen.append([[group["lr"] for group in optimizer.param_groups], momenta])
        optimizer.step()
        if k < STEPS - 1:
            schedule.step(*[METRICS[k]] * (name == "ReduceLROnPlateau"))
    return seen


def main() -> None:
    """Ask PyTorch, and write its answers down."""
    import torch

    parameters = [torch.zeros(1, requires_grad=True) for _ in RATES]
    entries = [
        {
            "schedule": name,
            "settings": settings,
            "optimizer": rule,
            "rates": rates(torch.optim, torch.optim.lr_scheduler, parameters, name, settings, rule),
        }
        for name, settings in CASES
        for rule in ("SGD", "Adam")
    ]
    origin = f"torch {torch.__version__}: torch.optim.lr_scheduler.<schedule>(optimizer, **settings), {STEPS} steps"
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    FILE.write_text(f'{{"origin": {json.dumps(origin)},\n"schedules": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
