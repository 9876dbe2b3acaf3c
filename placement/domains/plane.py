"""The open plane: a device may stand anywhere except in the forbidden zones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from placement.core.domain import Domain
from placement.core.types import FloatArray


def plane(places_xy: FloatArray, forbidden: Sequence[FloatArray] = ()) -> Domain:
    """Return the plane without the inside of the forbidden polygons; their edges are free.

    No best place for a device lies outside the box around the places and the zones, so the free space is cut some way
    outside of it and stays a bounded polygon.

    Parameters
    ----------
    places_xy : ndarray of shape (n, 2)
        Every place of the problem: demand, fixed devices, candidate sites [m].
    forbidden : sequence of ndarray of shape (k, 2)
        Polygon corners [m], in order, not closed or closed.

    Returns
    -------
    Domain
        Of kind ``"plane"``; its `free` is None when nothing is forbidden.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    >>> plane(np.array([[-1.0, 0.0], [3.0, 1.0]]), [square]).nearest_free(np.array([[1.9, 1.0]])).tolist()
    [[2.0, 1.0]]
    """
    if not len(forbidden):
        return Domain("plane")
    import shapely

    zones = shapely.union_all([shapely.make_valid(shapely.polygons(ring)) for ring in forbidden])
    corners = np.vstack([places_xy, *forbidden])
    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = max(float((high - low).max()), 1.0)
    everywhere = shapely.box(low[0] - margin, low[1] - margin, high[0] + margin, high[1] + margin)
    return Domain("plane", free=everywhere.difference(zones), forbidden=zones)
