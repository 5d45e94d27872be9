"""Section 2c of the report: its formulas and its code, beside what is derived from the recorded graph."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np

from tasks import handwritten
from tasks.report import html, recorded
from tasks.report.html import Html
from tasks.report.marks import marked, small
from tasks.report.material import Material
from tasks.report.mathml import mathml

ROUNDING = 1e-9
"""Relative difference of gradients up to which they are the same."""

SIGMOID = r"(\frac{1}{1 + e^{-z_%s}}) (1 - \frac{1}{1 + e^{-z_%s}})"
PRINTED = {
    3: (
        r"\frac{∂L}{∂a_3} = - (\frac{y}{a_3} - \frac{1 - y}{1 - a_3})",
        rf"\frac{{∂L}}{{∂z_3}} = \frac{{∂L}}{{∂a_3}} {SIGMOID % (3, 3)}",
        r"\frac{∂L}{∂w_3} = \frac{∂L}{∂z_3} a_2^T / 2",
        r"\frac{∂L}{∂b_3} = \frac{∂L}{∂z_3} / 2",
    ),
    2: (
        r"\frac{∂L}{∂a_2} = w_3^T \frac{∂L}{∂z_3}",
        rf"\frac{{∂L}}{{∂z_2}} = \frac{{∂L}}{{∂a_2}} {SIGMOID % (1, 1)}",
        r"\frac{∂L}{∂w_2} = \frac{∂L}{∂z_2} a_1^T / 2",
        r"\frac{∂L}{∂b_2} = \frac{∂L}{∂z_2} / 2",
    ),
    1: (
        r"\frac{∂L}{∂a_1} = w_2^T \frac{∂L}{∂z_2}",
        r"\frac{∂L}{∂z_1} = \frac{∂L}{∂a_1}",
        r"\frac{∂L}{∂w_1} = \frac{∂L}{∂z_1} x^T / 2",
        r"\frac{∂L}{∂b_1} = \frac{∂L}{∂z_1} / 2",
    ),
}
"""The formulas of the report, to the letter."""

NOTES = {PRINTED[1][1]: (", and 0 where the value is below 0",), PRINTED[2][1]: (" (z₁ as in the report)",)}

TITLES = {3: "Third layer (sigmoid)", 2: "Second layer (sigmoid)", 1: "First layer (ReLU)"}


def section(_material: Material) -> Html:
    """Three layers, each with formula, code, derived program and verdict."""
    at = recorded.sample()
    program, true = recorded.program(at), recorded.gradients(at)
    ways = {
        "formulas as printed": as_printed(at),
        "code as published": recorded.by_hand(handwritten.published, at),
        "code corrected": recorded.by_hand(handwritten.corrected, at),
    }
    layers = [_layer(layer, program) for layer in PRINTED]
    rows = [
        [name, *(_verdict(gradients[name], true[name]) for gradients in ways.values())] for name in recorded.NAMES[::-1]
    ]
    return html.section(
        "formulas",
        "Formulas",
        html.paragraph(
            "For each layer: the report's formulas, the lines of its Figure 7, and the lines that ",
            html.element("code", "autodiff.compile"),
            " derives from the recorded graph, in which nobody wrote a gradient. The derived ones have the loss's "
            "factor 1/2 from the start, the report applies it last.",
        ),
        *layers,
        html.table(
            "table-formulas",
            "Gradients of one sample beside those of the recorded graph (largest difference, relative)",
            ["Parameter", *ways],
            rows,
        ),
        html.element("h3", "The whole derived program"),
        html.listing(program, "Program that autodiff.compile derives"),
    )


def _layer(layer: int, program: str) -> Html:
    """The three side by side, or one below the other on a phone."""
    columns = {
        "The report's formulas": html.join(
            html.paragraph(mathml(formula), *NOTES.get(formula, ())) for formula in PRINTED[layer]
        ),
        "The report's Figure 7": html.listing("\n".join(published_lines(layer)), f"Published code of layer {layer}"),
        "Derived from the graph": html.listing(
            "\n".join(derived_lines(layer, program)), f"Derived program of layer {layer}"
        ),
    }
    content = [html.element("div", html.element("h4", title), body) for title, body in columns.items()]
    return html.join(
        [html.element("h3", TITLES[layer]), html.element("div", *content, class_="beside")]
    )  # fmt: skip


def published_lines(layer: int) -> list[str]:
    """The lines of the report's backpropagation for one layer, from the code that is run here."""
    lines = [line.strip() for line in inspect.getsource(handwritten.Backpropagation.backpropagation).splitlines()]
    start = next(k for k, line in enumerate(lines) if line.startswith(f"dA{layer} ="))
    end = next(k for k, line in enumerate(lines) if line.startswith(f"db{layer} ="))
    return list(_published_branch(lines[start : end + 1]))


def _published_branch(lines: list[str]) -> Iterator[str]:
    """The lines without what only the corrected code does."""
    skipped = False
    for line in lines:
        if line in ("if self.as_published:", "else:"):
            skipped = line == "else:"
        elif skipped:
            skipped = False
        else:
            yield line


def derived_lines(layer: int, program: str) -> list[str]:
    """The lines of the derived program that end with the gradients of one layer."""
    found: list[str] = []
    for line in (line.strip() for line in program.splitlines()):
        if line.startswith("d") and " = " in line:
            found.append(line)
            if {f"dW{layer}", f"db{layer}"} <= {each.split(" = ")[0] for each in found}:
                return found
            if any(each.startswith(f"dW{layer + 1} ") for each in found):
                found.clear()
    return found


def as_printed(at: recorded.Sample) -> dict[str, handwritten.Array]:
    """What the report's formulas give, with z1 where they print it."""
    _, kept = handwritten.corrected.feedforward(at.x, at.parameters)
    dz3 = -(at.y / kept["a3"] - (1 - at.y) / (1 - kept["a3"])) * _slope(kept["z3"])
    dz2 = at.parameters["W3"].T @ dz3 * _slope(kept["z1"])
    dz1 = np.where(kept["z1"] < 0, 0.0, at.parameters["W2"].T @ dz2)
    backwards = ((3, dz3, kept["a2"]), (2, dz2, kept["a1"]), (1, dz1, at.x.reshape(-1, 1)))
    weights = {f"W{layer}": dz @ below.T / 2 for layer, dz, below in backwards}
    return weights | {f"b{layer}": dz / 2 for layer, dz, _ in backwards}


def _slope(z: handwritten.Array) -> handwritten.Array:
    """The sigmoid's derivative."""
    return handwritten.sigmoid(z) * (1 - handwritten.sigmoid(z))


def _verdict(given: handwritten.Array, true: handwritten.Array) -> Html:
    """How far gradients are from the true ones."""
    error = float(np.abs(given - true).max() / np.abs(true).max())
    return marked(error < ROUNDING, "equal" if error < ROUNDING else f"off by {small(100 * error)} %")
