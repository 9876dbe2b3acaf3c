import numpy as np
from numpy.typing import NDArray

_Runs = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

def assign(
    points: NDArray[np.float64], centers: NDArray[np.float64], n_threads: int, /
) -> tuple[NDArray[np.int64], NDArray[np.float64]]: ...
def merge_points(
    points: NDArray[np.float64], weights: NDArray[np.float64], /
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def kmeans_restarts(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    n_clusters: int,
    locked: NDArray[np.float64],
    seeds: NDArray[np.uint64],
    init: int,
    max_iter: int,
    tol: float,
    n_threads: int,
    /,
) -> _Runs: ...
def kmeans_from(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    starts: NDArray[np.float64],
    n_locked: int,
    max_iter: int,
    tol: float,
    n_threads: int,
    /,
) -> _Runs: ...
