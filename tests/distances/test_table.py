"""Tables of distances: looked up by name."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core import Demand, Sites
from placement.distances.table import TableDistance
from placement.errors import PlacementError

TABLE = TableDistance(("a", "b"), ("s", "t"), np.array([[1.0, np.inf], [3.0, 4.0]]))


def demand(*names: str) -> Demand:
    return Demand(names, np.zeros((len(names), 2)), np.ones(len(names)))


def sites(*names: str) -> Sites:
    return Sites(names, np.zeros((len(names), 2)))


def test_rows_and_columns_by_name() -> None:
    """Any selection in any order, repeated or empty."""
    assert TABLE.matrix(demand("b", "a", "b"), sites("t")).tolist() == [[4], [np.inf], [4]]
    assert TABLE.matrix(demand("a"), sites()).shape == (1, 0)


def test_blocks_are_the_whole() -> None:
    """The rows of a part of the demand are those of the whole."""
    whole = demand("a", "b")
    far = TABLE.matrix(whole, sites("s", "t"))
    assert TABLE.matrix(whole.take(slice(1, 2)), sites("s", "t")).tolist() == far[1:].tolist()


@pytest.mark.parametrize(("rows", "columns", "words"), [("ac", "s", "no row for c"), ("a", "suv", "no column for u and 1 more")])
def test_unknown_names_are_refused(rows: str, columns: str, words: str) -> None:
    """A place that the table does not know is the user's to mend, and is named."""
    with pytest.raises(PlacementError, match=words):
        TABLE.matrix(demand(*rows), sites(*columns))


def test_answers_are_copies() -> None:
    """Who changes a matrix does not change the table."""
    TABLE.matrix(demand("a"), sites("s"))[0, 0] = 9
    assert TABLE.matrix(demand("a"), sites("s"))[0, 0] == 1
