import numpy as np
from numpy.typing import NDArray

_Runs = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

_Search = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], int, bool]

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
def search_swaps(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    centers: NDArray[np.float64],
    n_locked: int,
    seed: int,
    n_kicks: int,
    time_limit: float,
    /,
) -> _Search: ...

class Tree:
    def __init__(
        self, points: NDArray[np.float64], weights: NDArray[np.float64] | None, origin: NDArray[np.float64], n_threads: int
    ) -> None: ...
    def restarts(
        self,
        n_clusters: int,
        locked: NDArray[np.float64],
        seeds: NDArray[np.uint64],
        init: int,
        is_swept: bool,
        max_iter: int,
        tol: float,
        n_threads: int,
        /,
    ) -> _Runs: ...
    def run_from(
        self,
        starts: NDArray[np.float64],
        n_locked: int,
        is_swept: bool,
        max_iter: int,
        tol: float,
        n_threads: int,
        /,
    ) -> _Runs: ...
    def labels(
        self,
        centers: NDArray[np.float64],
        their_centers: NDArray[np.float64],
        their_origin: NDArray[np.float64],
        n_threads: int,
        /,
    ) -> NDArray[np.int64]: ...
    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint32]]: ...
    def summary(self) -> tuple[int, int, int, float, float]: ...
    def search(self, centers: NDArray[np.float64], n_locked: int, seed: int, n_kicks: int, time_limit: float, /) -> _Search: ...
    def coarse(self, n_points: int, /) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...

_Spots = tuple[NDArray[np.float64], NDArray[np.float64]]

class SquaredPricing:
    def __init__(
        self, points: NDArray[np.float64], weights: NDArray[np.float64], together: NDArray[np.int64], apart: NDArray[np.int64], /
    ) -> None: ...
    def descend(self, multipliers: NDArray[np.float64], starts: NDArray[np.float64], /) -> _Spots: ...
    def evaluate(self, multipliers: NDArray[np.float64], places: NDArray[np.float64], /) -> NDArray[np.float64]: ...
    def prove(
        self, multipliers: NDArray[np.float64], best: float, tolerance: float, max_cells: int, /
    ) -> tuple[float, _Spots, int, bool]: ...
    def select(
        self, multipliers: NDArray[np.float64], places: NDArray[np.float64], /
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
    def best_places(self, start: NDArray[np.int64], member: NDArray[np.int64], starts: NDArray[np.float64], /) -> _Spots: ...

class LinearPricing(SquaredPricing): ...
