"""Peak memory and threads: the same large fit by one thread and by two, each in a process of its own, taking turns."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

_STATUS = Path("/proc/self/status")


class Footprint(NamedTuple):
    """What one fit took: seconds on the clock, peak memory over the input's (which counts as 1), and a digest of the result."""

    seconds: float
    peak: float
    digest: str


def footprint_table(quick: bool) -> list[str]:
    """Return the table of peak memory and two threads; the least of several turns, as other work on the machine only adds."""
    n, k, turns = (20_000, 50, 1) if quick else (10_000_000, 1000, 3)
    by_threads: dict[int, list[Footprint]] = {1: [], 2: []}
    for _ in range(turns):
        for threads, found in by_threads.items():
            found.append(_in_child(n, k, threads))
    seconds = {threads: min(each.seconds for each in found) for threads, found in by_threads.items()}
    everything = by_threads[1] + by_threads[2]
    is_same = "yes" if len({each.digest for each in everything}) == 1 else "no"
    peak = max(each.peak for each in everything)
    cells = [f"{seconds[1]:.2f}", f"{seconds[2]:.2f}", f"{seconds[1] / seconds[2]:.2f}", is_same, f"{peak:.2f}"]
    return [
        "| job | one thread, clock [s] | two threads, clock [s] | ratio | the same bytes | peak memory over the input |",
        "|---|---|---|---|---|---|",
        f"| {n:,} x 2, K={k}, 20 iterations, given start | {' | '.join(cells)} |",
    ]


def _in_child(n: int, k: int, threads: int) -> Footprint:
    command = [sys.executable, str(Path(__file__)), str(n), str(k), str(threads)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return Footprint(*json.loads(answer.stdout))


def _memory(name: str) -> float:
    """Return a line of the system's account of this process in bytes, NaN where there is none."""
    if not _STATUS.exists():
        return float("nan")
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return 1024 * float(line.split()[1])


def _fit_once(n: int, k: int, threads: int) -> Footprint:
    from placement.kmeans import KMeans

    rng = np.random.default_rng(1)
    X = np.empty((n, 2))
    for part in np.array_split(X, max(1, n // 1_000_000)):  # piece by piece: the peak must be the fit's, not this one's
        part[:] = rng.normal(size=part.shape) + rng.integers(0, 12, size=part.shape) * 5
    model = KMeans(k, init=X[rng.integers(0, n, size=k)], n_init=1, max_iter=20, tol=0, n_threads=threads)
    before = _memory("VmRSS")
    start = time.perf_counter()
    model.fit(X)
    seconds = time.perf_counter() - start
    digest = hashlib.sha256(model.labels_.tobytes() + model.cluster_centers_.tobytes()).hexdigest()
    return Footprint(seconds, 1 + (_memory("VmHWM") - before) / X.nbytes, digest)


if __name__ == "__main__":
    print(json.dumps(_fit_once(*(int(argument) for argument in sys.argv[1:]))))
