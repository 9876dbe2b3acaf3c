"""Columns: sums, turning, and which rows and columns matter."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from placement.bounds.columns import Columns, merged_rows, undominated, undominated_rows


def matrix_of(columns: Columns) -> np.ndarray:
    """Return the matrix (rows, columns) again."""
    covers = np.zeros((columns.n_rows, columns.m), dtype=bool)
    covers[columns.rows, columns.column_of_entry] = True
    return covers


@pytest.mark.parametrize("seed", range(5))
def test_columns_are_the_matrix(seed: int) -> None:
    """Turning, taking and keeping rows do what they do to the matrix."""
    rng = np.random.default_rng(seed)
    covers = rng.random((9, 7)) < 0.3
    columns, value = Columns.of_matrix(covers), rng.random(9)
    kept, taken = np.array([0, 2, 3, 8]), np.array([5, 1])
    assert (matrix_of(columns.turned()) == covers.T).all()
    assert (matrix_of(columns.take(taken)) == covers[:, taken]).all()
    assert (matrix_of(columns.on_rows(kept)) == covers[kept]).all()
    assert columns.counts(taken).tolist() == covers[:, taken].sum(axis=1).tolist()
    np.testing.assert_allclose(columns.sums(value), value @ covers)


@pytest.mark.parametrize("seed", range(20))
def test_what_dominance_leaves_needs_as_many_columns(seed: int) -> None:
    """As few columns cover the rows left as cover all; and what covers the undominated rows covers all."""
    rng = np.random.default_rng(seed)
    covers = rng.random((10, 8)) < 0.35
    covers[np.arange(10), rng.integers(0, 8, 10)] = True
    rows, kept = undominated(Columns.of_matrix(covers))
    assert _fewest(covers[np.ix_(rows, kept)]) == _fewest(covers)
    for chosen in combinations(range(8), _fewest(covers)):
        safe = undominated_rows(Columns.of_matrix(covers))
        assert covers[:, list(chosen)].any(axis=1).all() == covers[safe][:, list(chosen)].any(axis=1).all()


def _fewest(covers: np.ndarray) -> int:
    sizes = range(1, covers.shape[1] + 1)
    return next(p for p in sizes if any(covers[:, list(c)].any(axis=1).all() for c in combinations(range(covers.shape[1]), p)))


def test_rows_with_the_same_columns_are_one() -> None:
    """Groups are numbered as they first appear; rows without columns form one."""
    covers = np.array([[1, 0], [0, 0], [1, 0], [1, 1], [0, 0]], dtype=bool)
    assert merged_rows(Columns.of_matrix(covers)).tolist() == [0, 1, 0, 2, 1]
