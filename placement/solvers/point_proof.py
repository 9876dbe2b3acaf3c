"""Proofs about rows, told of the demand points and the candidate sites that the scenario knows."""

from __future__ import annotations

from typing import Any

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import CoverTree, map_leaves, renamed
from placement.core.types import IntArray
from placement.solvers.places import Ground
from placement.solvers.reach import Ordered


def proof_of_points(ground: Ground, rows: IntArray, radius: float, columns: Columns, tree: CoverTree) -> dict[str, Any]:
    """Return the data of a certificate of kind "cover" from a proof about rows.

    Parameters
    ----------
    ground : Ground
        Which demand points each row stands for.
    rows : ndarray of shape (k,)
        The rows of the proof.
    radius : float
        Within which a point is covered [m].
    columns : Columns
        Sets of the rows 0..k-1.
    tree : dict
        The proof; its duals are lists over the rows.

    Returns
    -------
    dict
        Rows are all demand points behind `rows`, ascending; each has the share of its row's dual that it has of its weight.
    """
    place = np.full(ground.n_rows, -1)
    place[rows] = np.arange(len(rows))
    points = np.flatnonzero(place[ground.row] >= 0)
    own, share = place[ground.row[points]], ground.share[points]
    of_row = Columns(len(rows), np.arange(len(points) + 1), own).turned()
    told = of_row.take(columns.rows)
    column = np.repeat(columns.column_of_entry, told.size)
    told_rows = told.rows[np.lexsort((told.rows, column))]
    ends = np.cumsum(np.bincount(column, minlength=columns.m))[:-1]
    members = [part.tolist() for part in np.split(told_rows, ends)] if columns.m else []
    split = map_leaves(tree, lambda leaf: {**leaf, "duals": (np.array(leaf["duals"])[own] * share).tolist()})
    return {"radius_m": radius, "rows": points.tolist(), "columns": members, "tree": split}


def proof_on_sites(order: Ordered, rows: IntArray, radius: float, tree: CoverTree) -> dict[str, Any]:
    """Return the data of a certificate of kind "cover" from a proof about some rows and all sites in their order.

    Parameters
    ----------
    order : Ordered
        Where rows and sites stand in the scenario.
    rows : ndarray of shape (k,)
        The rows of the proof.
    radius : float
        Within which a point is covered [m].
    tree : dict
        The proof; its duals are lists over the rows, its columns are sites.
    """
    points = order.row_index[rows]
    by_scenario = np.argsort(points, kind="stable")
    told = renamed(tree, by_scenario, order.site_index)
    return {"radius_m": radius, "rows": points[by_scenario].tolist(), "columns": None, "tree": told}
