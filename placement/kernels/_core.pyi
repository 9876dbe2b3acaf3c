import numpy as np
from numpy.typing import NDArray

_Runs = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

_Search = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], int, bool]

def assign(
    points: NDArray[np.float64], centers: NDArray[np.float64], n_threads: int, /
) -> tuple[NDArray[np.int64], NDArray[np.float64]]: ...
def column_range(
    points: NDArray[np.float64] | NDArray[np.float32] | NDArray[np.uint8], n_threads: int, /
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
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
    time_limit: float,
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
    time_limit: float,
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
        self,
        points: NDArray[np.float64] | NDArray[np.float32] | NDArray[np.uint8],
        weights: NDArray[np.float64] | None,
        origin: NDArray[np.float64],
        extent: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
        n_threads: int,
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
        time_limit: float,
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
        time_limit: float,
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

def turn_sets(
    start: NDArray[np.int64], items: NDArray[np.int64], n_items: int, /
) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
def order_by_group_and_value(group: NDArray[np.int64], n_groups: int, value: NDArray[np.float64], /) -> NDArray[np.int64]: ...
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

_Nearest = tuple[NDArray[np.int32], NDArray[np.float64]]

def nearest_in_rows(matrix: NDArray[np.float64], k: int, /) -> _Nearest: ...
def nearest_in_plane(points: NDArray[np.float64], sites: NDArray[np.float64], k: int, /) -> _Nearest: ...

class SiteLists:
    def __init__(
        self,
        row: NDArray[np.int64],
        site: NDArray[np.int32],
        cost: NDArray[np.float64],
        m: int,
        fallback: NDArray[np.float64],
        ceiling: NDArray[np.float64],
        /,
    ) -> None: ...
    @property
    def shape(self) -> tuple[int, int, int]: ...
    def keep(self, is_kept: NDArray[np.uint8], /) -> SiteLists: ...
    def evaluate(
        self, status: NDArray[np.int8], p: int, multipliers: NDArray[np.float64], /
    ) -> tuple[float, float, NDArray[np.float64], NDArray[np.int32]]: ...

class SiteSwaps:
    def __init__(self, lists: SiteLists, is_open: NDArray[np.int32], seed: int, /) -> None: ...
    def restart(self, is_open: NDArray[np.int32], /) -> None: ...
    def settle(self, most_work: int, /) -> bool: ...
    def kick(self, n_kicks: int, /) -> int: ...
    def services(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
    @property
    def value(self) -> float: ...
    @property
    def work(self) -> int: ...
    @property
    def open(self) -> NDArray[np.int32]: ...

class SiteAscent:
    def __init__(
        self,
        lists: SiteLists,
        status: NDArray[np.int8],
        p: int,
        multipliers: NDArray[np.float64],
        smoothing: float,
        scale: float,
        /,
    ) -> None: ...
    def climb(self, n_steps: int, upper: float, target: float, /) -> int: ...
    @property
    def bound(self) -> float: ...
    @property
    def scale(self) -> float: ...
    @property
    def work(self) -> int: ...
    @property
    def multipliers(self) -> NDArray[np.float64]: ...
    @property
    def share(self) -> NDArray[np.float64]: ...
    @property
    def chosen(self) -> NDArray[np.int32]: ...

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
