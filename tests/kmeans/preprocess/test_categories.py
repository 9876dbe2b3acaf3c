"""encode: numbers, categories, several values in a cell, from every kind of table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from placement.core.table import Table
from placement.kmeans.preprocess import encode

COLUMNS = {"age": ["30", " 41 ", "5e1"], "city": ["Perth ", "Leeds", "Perth"], "region": [1, 2, 1]}


def test_columns_by_hand():
    """Text that reads as numbers is numbers, words are one-hot in alphabetical order, codes stay numbers unless asked."""
    encoded = encode(COLUMNS)
    assert encoded.names == ("age", "city=Leeds", "city=Perth", "region")
    assert encoded.points.tolist() == [[30, 0, 1, 1], [41, 1, 0, 2], [50, 0, 1, 1]]
    coded = encode(COLUMNS, categories=["region"])
    assert coded.names[3:] == ("region=1", "region=2")
    assert coded.points[:, 3:].tolist() == [[1, 0], [0, 1], [1, 0]]


def test_one_word_makes_a_category_of_a_column():
    """A column is numbers only if every cell is."""
    assert encode({"size": ["38", "M", 40]}).names == ("size=38", "size=40", "size=M")


def test_several_values_in_a_cell():
    """Each value is a feature; spaces, repeats, order and empty cells do not matter; lists are taken too."""
    cells = ["apples, juice", "juice,apples,juice", " ", None, ["juice"]]
    encoded = encode({"buys": cells}, multi_valued=["buys"])
    assert encoded.names == ("buys=apples", "buys=juice")
    assert encoded.points.tolist() == [[1, 1], [1, 1], [0, 0], [0, 0], [0, 1]]
    assert encode({"buys": ["a;b"]}, multi_valued=["buys"], separator=";").names == ("buys=a", "buys=b")


def test_every_kind_of_table_gives_the_same():
    """A mapping, a Table of the readers, a data frame, arrays as columns."""
    pandas = pytest.importorskip("pandas")
    expected = encode(COLUMNS)
    arrays = {name: np.array(cells) for name, cells in COLUMNS.items()}
    for data in (Table(Path("a.csv"), {**COLUMNS}, [2, 3, 4]), pandas.DataFrame(COLUMNS), arrays):
        encoded = encode(data)
        assert encoded.names == expected.names
        np.testing.assert_array_equal(encoded.points, expected.points)


def test_a_missing_category_is_a_category():
    """Empty, None and nan are one value."""
    encoded = encode({"city": ["Perth", "", None, float("nan")]})
    assert encoded.names == ("city=Perth", "city=missing")
    assert encoded.points[:, 1].tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ({"age": [30, None]}, {}, "'age' has no number in row 1"),
        ({"age": [30, float("nan")]}, {}, "'age' has no number in row 1"),
        ({"a": [1], "b": [1, 2]}, {}, "differ in length: a 1, b 2"),
        ({}, {}, "no column or no row"),
        ({"a": []}, {}, "no column or no row"),
        ({"a": [1]}, {"categories": ["z"]}, "no column 'z'; the columns are 'a'"),
        ([[1.0]], {}, "must be a mapping"),
    ],
    ids=str,
)
def test_what_is_refused(data, options, message):
    """Each with what is wrong and where."""
    with pytest.raises(ValueError, match=message):
        encode(data, **options)
