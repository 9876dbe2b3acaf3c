"""The compiled floor: C++ kernels that take plain float64 arrays and give plain arrays back.

No Python object goes inside, the interpreter is free while they run, and no result depends on the number of threads.
The sources are in `src/`; each kernel has a slow twin in plain NumPy in the tests.
"""

try:
    from placement.kernels import _core  # noqa: F401 - only to say what is wrong when it is not there
except ImportError as error:
    raise ImportError(
        "the compiled core of placement is not beside these sources: install them with `pip install -e .`, "
        "or start Python in another folder so that the installed package is found"
    ) from error

from placement.kernels.covers import CoverSearch, SetList, mark_containment, order_by_group_and_value, turn_sets
from placement.kernels.discs import CoverSets, cover_sets, enclosing_circles, heaviest_place, search_centers
from placement.kernels.planar import PlanarPricing, PointSets, PricingProof
from placement.kernels.points import assign, column_range, merge_points
from placement.kernels.runs import STOP_REASONS, KMeansRuns, LloydRules, kmeans_from, kmeans_restarts
from placement.kernels.search import SwapSearch, search_swaps
from placement.kernels.sites import SiteAscent, SiteBound, SiteLists, SiteSwaps, nearest_in_plane, nearest_in_rows
from placement.kernels.threads import count_threads
from placement.kernels.tree import PointTree

__all__ = [
    "STOP_REASONS",
    "CoverSearch",
    "CoverSets",
    "KMeansRuns",
    "LloydRules",
    "PlanarPricing",
    "PointSets",
    "PointTree",
    "PricingProof",
    "SetList",
    "SiteAscent",
    "SiteBound",
    "SiteLists",
    "SiteSwaps",
    "SwapSearch",
    "assign",
    "column_range",
    "count_threads",
    "cover_sets",
    "enclosing_circles",
    "heaviest_place",
    "kmeans_from",
    "kmeans_restarts",
    "mark_containment",
    "merge_points",
    "nearest_in_plane",
    "nearest_in_rows",
    "order_by_group_and_value",
    "search_centers",
    "search_swaps",
    "turn_sets",
]
