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
def enclosing_circles(
    points: NDArray[np.float64],
    scale: NDArray[np.float64],
    start: NDArray[np.int64],
    member: NDArray[np.int32],
    edges: NDArray[np.float64],
    /,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def search_centers(
    points: NDArray[np.float64],
    scale: NDArray[np.float64],
    edges: NDArray[np.float64],
    centers: NDArray[np.float64],
    n_locked: int,
    n_kicks: int,
    seed: int,
    /,
) -> tuple[NDArray[np.float64], float]: ...
def cover_sets(
    points: NDArray[np.float64],
    circle: NDArray[np.float64],
    reach: NDArray[np.float64],
    edges: NDArray[np.float64],
    around: NDArray[np.int32],
    /,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]: ...
def heaviest_place(
    points: NDArray[np.float64],
    circle: NDArray[np.float64],
    reach: NDArray[np.float64],
    edges: NDArray[np.float64],
    value: NDArray[np.float64],
    /,
) -> float: ...

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

def containment(
    start: NDArray[np.int64], items: NDArray[np.int64], turned_start: NDArray[np.int64], turned_items: NDArray[np.int64], /
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]: ...

class CoverSearch:
    def __init__(
        self,
        column_start: NDArray[np.int64],
        column_rows: NDArray[np.int64],
        row_start: NDArray[np.int64],
        row_columns: NDArray[np.int64],
        need: NDArray[np.int64],
        p: int,
        seed: int,
        /,
    ) -> None: ...
    def start_from(self, chosen: NDArray[np.int64], /) -> None: ...
    def narrow(self, column_end: NDArray[np.int64], row_end: NDArray[np.int64], need: NDArray[np.int64], /) -> None: ...
    def run(self, n_steps: int, /) -> int: ...
    def shortage(self) -> int: ...
    def chosen(self) -> NDArray[np.int64]: ...
    def best(self) -> NDArray[np.int64]: ...
    def weight(self) -> NDArray[np.int64]: ...
