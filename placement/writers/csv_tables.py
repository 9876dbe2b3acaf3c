"""devices.csv and assignment.csv: the plan for a spreadsheet.

Names are data and are written as the user gave them, quoted where CSV asks for it: a program that reads the file back
finds the same names. A spreadsheet may take a name that begins with ``=`` for a formula; import such a file as text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from placement.files import write_atomic
from placement.view.device_table import DeviceRow, device_rows, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures

DEVICE_COLUMNS = ("id", "x", "y", "lon", "lat", "level", "status", "demand_points", "demand_weight", "mean_m", "max_m")
ASSIGNMENT_COLUMNS = ("demand", "device", "distance_m")


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``devices.csv`` and ``assignment.csv`` and return both paths."""
    return [
        write_atomic(folder / "devices.csv", devices_table(result)),
        write_atomic(folder / "assignment.csv", assignment_table(result)),
    ]


def devices_table(result: Result) -> str:
    """Return one line for each device in the order of the plan; what is unknown is left empty."""
    position = [[item.name for item in fields(DeviceRow)].index(name) for name in DEVICE_COLUMNS]
    return _table(DEVICE_COLUMNS, ([astuple(row)[k] for k in position] for row in device_rows(result)))


def assignment_table(result: Result) -> str:
    """Return one line for each demand point in the order of the input: its device and its distance [m].

    Both are left empty for a point that no device can reach.
    """
    plan, ids = result.plan, result.problem.demand.ids
    served = zip(ids, plan.assignment, plan.service_distance, plan.is_reached, strict=True)
    rows = ([name, plan.device_ids[j], rounded(far)] if reached else [name, "", ""] for name, j, far, reached in served)
    return _table(ASSIGNMENT_COLUMNS, rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return stream.getvalue()
