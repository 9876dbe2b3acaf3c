"""The devices of an earlier run, read back from its result.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from placement.core.frame import Frame
from placement.core.sites import Sites


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """Where the devices of an earlier run stand, and the hash of the scenario and data that they were planned for."""

    devices: Sites
    sha256: str


def read_plan(frame: Frame, path: Path) -> Earlier | None:
    """Read the devices of a ``result.json``.

    On the Earth longitude and latitude count, not the planning metres: those belong to the data of that run.

    Parameters
    ----------
    frame : Frame
        The frame of today's scenario.
    path : Path
        The file.

    Returns
    -------
    Earlier or None
        None when there is no such file, it is no result, or it has no places in this frame.
    """
    axes = ("lon", "lat") if frame.is_geographic else ("x", "y")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        devices = data["devices"]
        ids = tuple(str(device["id"]) for device in devices)
        xy = np.array([[float(device[axis]) for axis in axes] for device in devices])
        sha256 = str(data["scenario"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not len(xy) or not np.isfinite(xy).all():
        return None
    return Earlier(Sites(ids, frame.to_planning(xy, "EPSG:4326") if frame.is_geographic else frame.from_user(xy)), sha256)
