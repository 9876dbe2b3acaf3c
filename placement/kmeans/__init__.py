"""The clustering engine, usable on its own: estimators with scikit-learn's parameters and attributes, which do not import it."""

from placement.kmeans.estimator import KMeans

__all__ = ["KMeans"]
