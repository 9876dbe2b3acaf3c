"""What every fitted estimator with centres can do: name the centre nearest to a sample, how far it is, and what that costs."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from placement.kernels import assign
from placement.kmeans.origin import choose_origin
from placement.kmeans.parameters import Parameterised, not_fitted
from placement.kmeans.validation import as_points, as_weights, feature_names, require_same_features

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def nearest(
    points: NDArray[Any], centers: NDArray[np.float64], n_threads: int | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the nearest centre of each sample and the squared distance to it.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Samples.
    centers : ndarray of shape (k, d)
        Centres.
    n_threads : int or None
        None for all available processors.

    Returns
    -------
    labels : ndarray of shape (n,)
        Ties go to the lowest position.
    squared_distances : ndarray of shape (n,)
        [squared unit of the data].

    Examples
    --------
    >>> nearest(np.array([[4000001.0]]), np.array([[4000003.0]]), 1)[1].tolist()
    [4.0]
    """
    # The origin depends on the centres alone, so that a sample's label never depends on its company.
    origin = choose_origin(centers)
    return assign(points - origin, centers - origin, n_threads=n_threads)


class NearestCenter(Parameterised):
    """Base of the estimators that end in centres; `fit` is theirs.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centres.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample of `fit`.
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.
    """

    n_threads: int | None
    cluster_centers_: NDArray[np.float64]
    labels_: NDArray[np.int64]
    n_features_in_: int
    feature_names_in_: NDArray[np.object_]

    @abstractmethod
    def fit(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> Self:
        """Find the centres.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers.
        y : object
            Ignored.
        sample_weight : array-like of shape (n,), optional
            At least 0 and not all 0; 1 each when left out.

        Returns
        -------
        estimator
            This one, fitted.
        """

    def _keep_features(self, X: Any, points: NDArray[np.float64]) -> None:
        self.n_features_in_ = points.shape[1]
        names = feature_names(X)
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return nearest(points, self.cluster_centers_, self.n_threads)

    def _checked_points(self, X: Any) -> NDArray[np.float64]:
        if not hasattr(self, "cluster_centers_"):
            raise not_fitted(self)
        points = as_points(X)
        require_same_features(self, X, points)
        return points

    def predict(self, X: Any) -> NDArray[np.int64]:
        """Return the position of the nearest centre for each sample.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers, the features of `fit`.

        Returns
        -------
        ndarray of shape (n,)
            Ties go to the lowest position.

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        ValueError
            If X is not allowed or its features are not those of `fit`.
        """
        return self._nearest(self._checked_points(X))[0]

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Return the distance of each sample to each centre.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers, the features of `fit`.

        Returns
        -------
        ndarray of shape (n, k)
            Distances, not squared [unit of the data].

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        ValueError
            If X is not allowed or its features are not those of `fit`.
        """
        points = self._checked_points(X)
        squared = np.zeros((len(points), len(self.cluster_centers_)))
        for feature in range(self.n_features_in_):
            squared += (points[:, feature, None] - self.cluster_centers_[:, feature]) ** 2
        return np.sqrt(squared, out=squared)

    def score(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> float:
        """Return minus the inertia of these samples: larger is better.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers, the features of `fit`.
        y : object
            Ignored.
        sample_weight : array-like of shape (n,), optional
            At least 0 and not all 0; 1 each when left out.

        Returns
        -------
        float
            At most 0 [squared unit of the data].

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        ValueError
            If X is not allowed or its features are not those of `fit`.
        """
        del y
        points = self._checked_points(X)
        weights = as_weights(sample_weight, len(points))
        return -float(np.sum(weights * self._nearest(points)[1]))

    def fit_predict(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> NDArray[np.int64]:
        """Find the centres and return the label of each sample: `fit`, then `labels_`.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            See `fit`.
        y : object
            Ignored.
        sample_weight : array-like of shape (n,), optional
            See `fit`.

        Returns
        -------
        ndarray of shape (n,)
            The labels.
        """
        return self.fit(X, y, sample_weight).labels_

    def fit_transform(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> NDArray[np.float64]:
        """Find the centres and return the distance of each sample to each of them: `fit`, then `transform`.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            See `fit`.
        y : object
            Ignored.
        sample_weight : array-like of shape (n,), optional
            See `fit`.

        Returns
        -------
        ndarray of shape (n, k)
            The distances.
        """
        return self.fit(X, y, sample_weight).transform(X)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return names for the columns of `transform`.

        Parameters
        ----------
        input_features : object
            Ignored; the names come from the class.

        Returns
        -------
        ndarray of shape (k,)
            ``kmeans0``, ``kmeans1``, …

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        """
        del input_features
        if not hasattr(self, "cluster_centers_"):
            raise not_fitted(self)
        stem = type(self).__name__.lower()
        return np.asarray([f"{stem}{position}" for position in range(len(self.cluster_centers_))], dtype=object)

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type="clusterer",
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(preserves_dtype=["float64"]),
            input_tags=InputTags(),
        )
