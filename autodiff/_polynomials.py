"""The polynomials that approximate functions which array libraries lack."""

from __future__ import annotations

from typing import Any

# Interpolation at Chebyshev points, computed with 60 digits: erf(x)/x - 1 in x**2 on [0, 1] to 1e-17, and
# exp(x**2)*erfc(x) in (x - 2.5)/(x + 2.5) on [1, 6] to 3e-16.
ERF = (
    0.1283791670955126,
    -0.3761263890318375,
    0.11283791670954879,
    -0.026866170645076792,
    0.0052239776248180145,
    -0.000854832698083379,
    0.0001205533111164271,
    -1.4925595266831182e-05,
    1.6461000484121368e-06,
    -1.6350312701054695e-07,
    1.4659775274047436e-08,
    -1.1372848856791674e-09,
    5.957176147748911e-11,
)
ERFCX = (
    0.2108063640611436,
    -0.37173673394897294,
    0.2517131932174488,
    -0.12503305237891782,
    0.03992253907546523,
    -0.003993701160123029,
    -0.0026423659518134547,
    0.0008759152875774328,
    0.0002283799633257643,
    -0.00012887483134837842,
    -3.4175718896856294e-05,
    1.8596747731144528e-05,
    7.499735050763299e-06,
    -2.2328516517555215e-06,
    -1.587633893127344e-06,
)


def polynomial(coefficients: tuple[float, ...], x: Any) -> Any:
    """``sum(c * x**k)`` by Horner's rule."""
    total = coefficients[-1] * x + coefficients[-2]
    for c in coefficients[-3::-1]:
        total = total * x + c
    return total
