"""The compiled floor: C++ kernels that take plain float64 arrays and give plain arrays back.

No Python object goes inside, the interpreter is free while they run, and no result depends on the number of threads.
The sources are in `src/`; each kernel has a slow twin in plain NumPy in the tests.
"""

from placement.kernels.points import assign, merge_points
from placement.kernels.runs import STOP_REASONS, KMeansRuns, LloydRules, kmeans_from, kmeans_restarts
from placement.kernels.threads import count_threads

__all__ = [
    "STOP_REASONS",
    "KMeansRuns",
    "LloydRules",
    "assign",
    "count_threads",
    "kmeans_from",
    "kmeans_restarts",
    "merge_points",
]
