"""What things cost: each workload beside its baseline, interleaved, in one process and one thread.

Run ``python -m benchmarks``. PyTorch stands beside where it is installed; nothing here needs it.
"""

import os

# Before anything imports NumPy, whose BLAS reads these when it is loaded.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
