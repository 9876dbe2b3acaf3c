"""The clustering engine, usable on its own: estimators with scikit-learn's parameters and attributes, which do not import it."""

from placement.kmeans.bisecting import BisectingKMeans
from placement.kmeans.estimator import KMeans
from placement.kmeans.mini_batch import MiniBatchKMeans
from placement.kmeans.plus_plus import kmeans_plusplus

__all__ = ["BisectingKMeans", "KMeans", "MiniBatchKMeans", "kmeans_plusplus"]
