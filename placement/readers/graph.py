"""OR-Library graph: text of whole numbers, `n m p`, then a line `i j cost` for each of the m edges of n nodes."""

from __future__ import annotations

from pathlib import Path

from placement.core.table import Table
from placement.errors import FileFormatError

_COLUMNS = ("from", "to", "length")
_HEADER_CELLS, _FEWEST_HEADER_CELLS = 3, 2


def read(path: Path) -> Table:
    """Read the graph of an uncapacitated p-median problem of OR-Library (pmed1 to pmed40).

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Table
        Columns ``from``, ``to`` and ``length`` as text. Of an edge that stands twice, either way round, the last
        line counts, as the library's notes ask; such lines are counted in the notes.

    Raises
    ------
    FileFormatError
        If the first line does not give the numbers of nodes and edges, a line is no edge between two nodes, or there are more
        or fewer edges than the first line says.

    References
    ----------
    J. E. Beasley, "OR-Library: distributing test problems by electronic mail", J. Oper. Res. Soc. 41 (1990) 1069-1072.
    """
    lines = [(number, line.split()) for number, line in enumerate(_text(path).splitlines(), start=1) if line.strip()]
    n_nodes, n_edges = _header(path, lines)
    last: dict[frozenset[int], tuple[int, list[str]]] = {}
    for number, cells in lines[1:]:
        i, j = _ends(path, number, cells, n_nodes)
        edge = frozenset((i, j))
        last.pop(edge, None)
        last[edge] = (number, [str(i), str(j), cells[2]])
    if len(lines) - 1 != n_edges:
        raise FileFormatError(f"{path}: the first line promises {n_edges} edges, {len(lines) - 1} follow; is the file cut off?")
    repeated = n_edges - len(last)
    notes = (f"{path.name}: {repeated} edges stand twice; the last line of each counts",) if repeated else ()
    columns: dict[str, list[object]] = {name: [cells[k] for _, cells in last.values()] for k, name in enumerate(_COLUMNS)}
    return Table(path, columns, [number for number, _ in last.values()], notes=notes)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii")
    except UnicodeDecodeError:
        raise FileFormatError(f"{path}: this is no OR-Library graph, which is plain text of numbers") from None


def _header(path: Path, lines: list[tuple[int, list[str]]]) -> tuple[int, int]:
    cells = lines[0][1] if lines else []
    is_counts = _FEWEST_HEADER_CELLS <= len(cells) <= _HEADER_CELLS and all(cell.isdecimal() for cell in cells)
    if not is_counts:
        raise FileFormatError(f"{path}: this is no OR-Library graph: the first line must be `nodes edges p`")
    return int(cells[0]), int(cells[1])


def _ends(path: Path, number: int, cells: list[str], n_nodes: int) -> tuple[int, int]:
    if len(cells) != len(_COLUMNS) or not all(cell.isdecimal() for cell in cells[:2]):
        raise FileFormatError(f"{path}: line {number} is no edge; `node node length` is expected")
    i, j = int(cells[0]), int(cells[1])
    if not (1 <= i <= n_nodes and 1 <= j <= n_nodes):
        raise FileFormatError(f"{path}: line {number} names a node that is not one of 1 to {n_nodes}")
    return i, j
