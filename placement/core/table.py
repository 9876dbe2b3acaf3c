"""Table: a data file as it was read, before anybody decides what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of one data file.

    Parameters
    ----------
    path : Path
        The file.
    columns : dict of str to list of object
        Each column's cells as read (text from CSV; text, numbers or None from other formats), in file order.
    row_numbers : list of int
        The number of each row as a user counts: the line of a CSV or the row of a sheet (the header is row 1),
        the feature of a geographic file (from 1).
    xy : ndarray of shape (n, 2) or None
        Positions from the file's geometry, in `crs`; nan where a row has none; None for a format without geometry.
    crs : str or None
        Coordinate system of `xy`, as an authority code where it has one; None when the file does not say.
    notes : tuple of str
        What the reader did that a careful user wants to know.
    """

    path: Path
    columns: dict[str, list[object]]
    row_numbers: list[int]
    xy: FloatArray | None = None
    crs: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.row_numbers)
