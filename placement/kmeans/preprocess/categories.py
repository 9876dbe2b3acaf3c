"""Tables with words in them: categories one-hot, lists of words multi-hot, numbers as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A table as numbers.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        One row a row of the table.
    names : tuple of str
        Name of each feature: the column's for numbers, ``column=value`` for a category.
    """

    points: NDArray[np.float64]
    names: tuple[str, ...]


def encode(data: Any, *, categories: Sequence[str] = (), multi_valued: Sequence[str] = (), separator: str = ",") -> Encoded:
    """Turn a table into numbers that can be clustered.

    Parameters
    ----------
    data : mapping of str to sequence, Table or data frame
        Columns of equal length.
    categories : sequence of str
        Columns to take as categories although they look like numbers (codes such as region 1, 2, 3).
    multi_valued : sequence of str
        Columns whose cells hold several values each ("apples, juice").
    separator : str
        What stands between those values.

    Returns
    -------
    Encoded
        A column of numbers (or of text that all reads as numbers) stays one feature. Any other column becomes one feature of 0
        and 1 for each distinct value, in alphabetical order; a multi-valued one has a 1 for each value in the cell.

    Raises
    ------
    ValueError
        If a column asked for is not there, columns differ in length, there is no row or column, or a number is missing.

    Notes
    -----
    Spaces around values are dropped. An empty cell, None or nan is the category ``missing``; in a multi-valued column it is
    no value at all. Two rows of different category are √2 apart in that column: scale the numbers first, so that 1 is
    about as much as a category should weigh.

    Examples
    --------
    >>> encoded = encode({"age": [30, 41], "city": ["Perth", "Leeds"], "buys": ["apples, juice", "juice"]}, multi_valued=["buys"])
    >>> encoded.names
    ('age', 'city=Leeds', 'city=Perth', 'buys=apples', 'buys=juice')
    >>> encoded.points.tolist()
    [[30.0, 0.0, 1.0, 1.0, 1.0], [41.0, 1.0, 0.0, 0.0, 1.0]]
    """
    columns = _columns_of(data)
    unknown = [name for name in (*categories, *multi_valued) if name not in columns]
    if unknown:
        raise ValueError(f"no column {unknown[0]!r}; the columns are {', '.join(map(repr, columns))}")
    parts: list[NDArray[np.float64]] = []
    names: list[str] = []
    for name, cells in columns.items():
        values = _features(name, cells, name in categories, separator if name in multi_valued else None)
        names += values
        parts += values.values()
    return Encoded(np.column_stack(parts), tuple(names))


def _columns_of(data: Any) -> dict[str, list[Any]]:
    inner = data if isinstance(data, Mapping) else getattr(data, "columns", None)
    if inner is None:
        raise ValueError("the table must be a mapping of columns, a Table or a data frame")
    columns = {str(name): list(inner[name] if isinstance(inner, Mapping) else data[name]) for name in inner}
    lengths = {len(cells) for cells in columns.values()}
    if not columns or lengths == {0}:
        raise ValueError("the table has no column or no row")
    if len(lengths) > 1:
        raise ValueError(f"the columns differ in length: {', '.join(f'{name} {len(cells)}' for name, cells in columns.items())}")
    return columns


def _features(name: str, cells: list[Any], is_category: bool, separator: str | None) -> dict[str, NDArray[np.float64]]:
    if separator is not None:
        return _indicators(name, [_parts(cell, separator) for cell in cells])
    if not is_category:
        numbers = [_number(cell) for cell in cells]
        known = [number is not None for number, cell in zip(numbers, cells, strict=True) if not _is_missing(cell)]
        if known and all(known):
            return {name: _complete(name, numbers)}
    return _indicators(name, [{"missing"} if _is_missing(cell) else {_text(cell)} for cell in cells])


def _indicators(name: str, values: list[set[str]]) -> dict[str, NDArray[np.float64]]:
    distinct = sorted(set().union(*values))
    return {f"{name}={value}": np.array([float(value in cell) for cell in values]) for value in distinct}


def _complete(name: str, numbers: list[float | None]) -> NDArray[np.float64]:
    if None in numbers:
        row = numbers.index(None)
        raise ValueError(f"column {name!r} has no number in row {row}; fill it in, leave the row out or take it as a category")
    return np.array(numbers, dtype=np.float64)


def _parts(cell: Any, separator: str) -> set[str]:
    if _is_missing(cell):
        return set()
    pieces = cell.split(separator) if isinstance(cell, str) else cell if isinstance(cell, list | tuple | set) else [cell]
    return {text for piece in pieces if (text := _text(piece))}


def _text(cell: Any) -> str:
    return str(cell).strip()


def _is_missing(cell: Any) -> bool:
    if isinstance(cell, str):
        return not cell.strip()
    return cell is None or (isinstance(cell, Real) and bool(np.isnan(float(cell))))


def _number(cell: Any) -> float | None:
    if not isinstance(cell, str | Real) or _is_missing(cell):
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
