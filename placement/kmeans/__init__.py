"""The clustering engine, usable on its own: estimators with scikit-learn's parameters and attributes, which do not import it."""

from placement.kmeans.bisecting import BisectingKMeans
from placement.kmeans.choice import ChosenK, choose_k
from placement.kmeans.clustering import Clustering, clustering_of
from placement.kmeans.diagnosis import Finding, diagnose
from placement.kmeans.dispersion import calinski_harabasz, davies_bouldin
from placement.kmeans.estimator import KMeans
from placement.kmeans.judge import CandidateK
from placement.kmeans.k_medians import KMedians
from placement.kmeans.mini_batch import MiniBatchKMeans
from placement.kmeans.plus_plus import kmeans_plusplus
from placement.kmeans.refine import drop_small, merge_close, split_wide
from placement.kmeans.silhouette import silhouette_samples, silhouette_score
from placement.kmeans.spherical import SphericalKMeans

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
