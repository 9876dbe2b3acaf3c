"""The clustering engine, usable on its own: estimators with scikit-learn's parameters and attributes, which do not import it.

Each name is loaded when it is first used, so that ``from placement.kmeans import KMeans`` loads nothing but `KMeans`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placement.kmeans.bisecting import BisectingKMeans as BisectingKMeans
    from placement.kmeans.choice import ChosenK as ChosenK
    from placement.kmeans.choice import choose_k as choose_k
    from placement.kmeans.clustering import Clustering as Clustering
    from placement.kmeans.clustering import clustering_of as clustering_of
    from placement.kmeans.diagnosis import Finding as Finding
    from placement.kmeans.diagnosis import diagnose as diagnose
    from placement.kmeans.dispersion import calinski_harabasz as calinski_harabasz
    from placement.kmeans.dispersion import davies_bouldin as davies_bouldin
    from placement.kmeans.estimator import KMeans as KMeans
    from placement.kmeans.judge import CandidateK as CandidateK
    from placement.kmeans.k_medians import KMedians as KMedians
    from placement.kmeans.mini_batch import MiniBatchKMeans as MiniBatchKMeans
    from placement.kmeans.plus_plus import kmeans_plusplus as kmeans_plusplus
    from placement.kmeans.refine import drop_small as drop_small
    from placement.kmeans.refine import merge_close as merge_close
    from placement.kmeans.refine import split_wide as split_wide
    from placement.kmeans.silhouette import silhouette_samples as silhouette_samples
    from placement.kmeans.silhouette import silhouette_score as silhouette_score
    from placement.kmeans.spherical import SphericalKMeans as SphericalKMeans

__all__ = [
    "BisectingKMeans",
    "CandidateK",
    "ChosenK",
    "Clustering",
    "Finding",
    "KMeans",
    "KMedians",
    "MiniBatchKMeans",
    "SphericalKMeans",
    "calinski_harabasz",
    "choose_k",
    "clustering_of",
    "davies_bouldin",
    "diagnose",
    "drop_small",
    "kmeans_plusplus",
    "merge_close",
    "silhouette_samples",
    "silhouette_score",
    "split_wide",
]

_HOMES = {
    "BisectingKMeans": "placement.kmeans.bisecting",
    "CandidateK": "placement.kmeans.judge",
    "ChosenK": "placement.kmeans.choice",
    "Clustering": "placement.kmeans.clustering",
    "Finding": "placement.kmeans.diagnosis",
    "KMeans": "placement.kmeans.estimator",
    "KMedians": "placement.kmeans.k_medians",
    "MiniBatchKMeans": "placement.kmeans.mini_batch",
    "SphericalKMeans": "placement.kmeans.spherical",
    "calinski_harabasz": "placement.kmeans.dispersion",
    "choose_k": "placement.kmeans.choice",
    "clustering_of": "placement.kmeans.clustering",
    "davies_bouldin": "placement.kmeans.dispersion",
    "diagnose": "placement.kmeans.diagnosis",
    "drop_small": "placement.kmeans.refine",
    "kmeans_plusplus": "placement.kmeans.plus_plus",
    "merge_close": "placement.kmeans.refine",
    "silhouette_samples": "placement.kmeans.silhouette",
    "silhouette_score": "placement.kmeans.silhouette",
    "split_wide": "placement.kmeans.refine",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'placement.kmeans' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__
