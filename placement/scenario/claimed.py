"""What the files of an earlier run claim, read back to be checked: nothing in them is believed."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from placement.core.certificate import CERTIFICATE_FILE
from placement.core.claim import Claim
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.errors import FileFormatError

STANDING = "devices as they stand"
"""How the scope of a result begins that scores devices; see `placement.solvers.finish.finish_standing`."""
RESULT_DIGITS = 6
"""Decimals of coordinates in ``result.json``."""


@dataclass(frozen=True, slots=True)
class Written:
    """A ``result.json`` as it stands in its file."""

    path: Path
    document: Mapping[str, Any]

    @property
    def scenario_file(self) -> str:
        """Name of the scenario that it is of, without a folder."""
        return str(self.document["scenario"]["file"])

    @property
    def sha256(self) -> str:
        """Hash of that scenario and its data."""
        return str(self.document["scenario"]["sha256"])

    @property
    def scope(self) -> str:
        """Which plans the bound is said to be about."""
        return str(self.document["objective"].get("scope", ""))


class Assigned(NamedTuple):
    """Who is served by which device, shape (n,), -1 for nobody; and how far that is [m], infinite where the table is empty."""

    serving: IntArray
    distance_m: FloatArray


def read_result(path: Path) -> Written:
    """Read a ``result.json``.

    Parameters
    ----------
    path : Path
        The file, or the folder in which it stands.

    Returns
    -------
    Written
        Its content.

    Raises
    ------
    FileFormatError
        If there is no such file, or it is no result of placing devices.
    """
    file = path / "result.json" if path.is_dir() else path
    if file.suffix.lower() in (".yaml", ".yml"):
        raise FileFormatError(f"{file} is a scenario; name the result of its run, such as reports/{file.stem}/result.json")
    document = _json(file)
    try:
        written = Written(file, document)
        is_plan = bool(written.scenario_file and written.sha256 and document["objective"]["kind"] and document["devices"])
    except (KeyError, TypeError, AttributeError):
        is_plan = False
    if not is_plan:
        raise FileFormatError(f"{file} is no result of a plan; `place SCENARIO.yaml` writes one")
    if written.scope.startswith(STANDING):
        raise FileFormatError(
            f"{file} scores devices that stand; nothing was planned, so there is no plan and no proof to verify"
        )
    return written


def claim_of(written: Written, problem: Problem) -> Claim:
    """Return what a result and the files beside it say about a problem.

    The exact places of ``certificate.json`` count if they are those of the result; the assignment is that of ``assignment.csv``.

    Parameters
    ----------
    written : Written
        From `read_result`.
    problem : Problem
        Of the scenario that the result is of.

    Returns
    -------
    Claim
        For `placement.bounds.verify.verify`.

    Raises
    ------
    FileFormatError
        If a file is not what its name says, or of another run.
    """
    try:
        return _claim(written, problem)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"{written.path} has not the form of a result: {error}") from error


def _claim(written: Written, problem: Problem) -> Claim:
    objective, frame = written.document["objective"], problem.frame
    if objective["kind"] != problem.objective.kind or written.document.get("planning_crs") != frame.planning_crs:
        raise FileFormatError(f"{written.path} is about another objective or coordinate system than its scenario")
    devices = written.document["devices"]
    ids = tuple(str(device["id"]) for device in devices)
    xy = frame.from_user(np.array([[float(device["x"]), float(device["y"])] for device in devices]))
    rounding_m = float(frame.from_user(np.full((1, 2), 10.0**-RESULT_DIGITS)).max())
    named = objective.get("certificate")
    certificate = None if named is None else _json(written.path.parent / CERTIFICATE_FILE)
    if certificate is not None:
        xy, rounding_m = _exact(certificate, xy, rounding_m, written.path), 0.0
    bound, table = objective.get("bound"), read_assignment(written, problem.demand.ids, ids)
    return Claim(
        devices=Sites(ids, xy),
        status=tuple(str(device["status"]) for device in devices),
        value=float(objective["value"]),
        bound=None if bound is None else float(bound),
        certificate=certificate,
        assignment=None if table is None else table.serving,
        rounding_m=rounding_m,
    )


def _exact(certificate: Mapping[str, Any], xy: FloatArray, rounding_m: float, path: Path) -> FloatArray:
    exact = np.array(certificate["devices_m"], dtype=float)
    if exact.shape != xy.shape or not (np.abs(exact - xy) <= rounding_m).all():
        raise FileFormatError(f"{CERTIFICATE_FILE} is of another run than {path}: the devices stand elsewhere")
    return exact


def read_assignment(written: Written, demand: tuple[str, ...], devices: tuple[str, ...]) -> Assigned | None:
    """Read the ``assignment.csv`` beside a result.

    Parameters
    ----------
    written : Written
        From `read_result`.
    demand : tuple of str
        The demand points of its scenario.
    devices : tuple of str
        The devices of the result.

    Returns
    -------
    Assigned or None
        None where there is no table: only some problems need it.

    Raises
    ------
    FileFormatError
        If the table is not about these points and devices.
    """
    path = written.path.parent / "assignment.csv"
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        if tuple(row["demand"] for row in rows) != demand:
            raise FileFormatError(f"{path} has other demand points than the scenario, or another order")
        position = {name: j for j, name in enumerate(devices)}
        serving = np.array([position[row["device"]] if row["device"] else -1 for row in rows], dtype=np.intp)
        return Assigned(serving, np.array([float(row["distance_m"] or "inf") for row in rows]))
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"{path} does not say which device of the result serves each point, and how far it is") from error


def _json(file: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise FileFormatError(f"{file} is nested too deep to be read") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise FileFormatError(f"{file} cannot be read as the result of a plan: {reason}") from error
    if not isinstance(document, dict):
        raise FileFormatError(f"{file} is no JSON object")
    return document
