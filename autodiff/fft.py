"""Discrete Fourier transforms: the array API standard's extension `fft`, differentiable."""

from .ops.fft import fft as fft
from .ops.fft import fftn as fftn
from .ops.fft import hfft as hfft
from .ops.fft import ifft as ifft
from .ops.fft import ifftn as ifftn
from .ops.fft import ihfft as ihfft
from .ops.fft import irfft as irfft
from .ops.fft import irfftn as irfftn
from .ops.fft import rfft as rfft
from .ops.fft import rfftn as rfftn
from .ops.frequencies import fftfreq as fftfreq
from .ops.frequencies import fftshift as fftshift
from .ops.frequencies import ifftshift as ifftshift
from .ops.frequencies import rfftfreq as rfftfreq

__all__ = [
    "fft",
    "fftfreq",
    "fftn",
    "fftshift",
    "hfft",
    "ifft",
    "ifftn",
    "ifftshift",
    "ihfft",
    "irfft",
    "irfftn",
    "rfft",
    "rfftfreq",
    "rfftn",
]
