"""The commented scenario that `place init` writes: it runs as it is, and shows what else may be said."""

from __future__ import annotations

import json
from pathlib import Path

from placement.errors import OutputError
from placement.files import write_atomic

TEMPLATE = """\
# A scenario for `place`. Run it:      place {file}
# Check it without planning:           place check {file}
# Completion in your editor:           place schema > place.schema.json, and point the editor at that file
schema: 1
name: {name}
units: m                      # m, ft or km; lengths may also say their own unit: "12 ft"
# crs: EPSG:4326              # only for longitude and latitude, or another system of the Earth

# Who is to be served. Keep a long list in a file (CSV, GeoJSON, GeoPackage, Shapefile, GeoParquet, Excel):
# demand: {{file: desks.csv, x: x, y: y, weight: people, id: desk}}
demand:
  - {{id: reception, x: 2, y: 3}}
  - {{id: desk 1, x: 8, y: 3}}
  - {{id: desk 2, x: 8, y: 6}}
  - {{id: desk 3, x: 11, y: 3}}
  - {{id: desk 4, x: 11, y: 6}}
  - {{id: meeting room, x: 18, y: 5, weight: 6}}      # weight: how many people

devices:
  budget: 2                   # how many new devices; or cost: 2500 with price: 350
  radius: 6                   # coverage requirement; a list reports several
  # fixed: [{{id: AP1, x: 1, y: 1}}]                   # devices that stand already
  # candidates: {{file: sites.csv, id: site}}          # if given, new devices stand only there
  # capacity: 8                                      # how much weight one device may serve; or {{min: 2, max: 8}}
  # cutoff: 12 m                                     # nobody may be farther from a device than this
  # spacing: 2                                       # devices stand at least this far apart
  # forbidden: [[[4, 0], [6, 0], [6, 8], [4, 8]]]     # polygons where none may stand

# A floor plan keeps devices out of walls and shafts:
# plan:
#   file: office.dxf
#   unit: mm                  # what one unit of the drawing is
#   layers: {{floor: [floor], wall: [walls], door: [doors]}}

# What to look for: k_means (a compromise), p_median (mean distance), p_center (largest distance),
# max_cover (most weight within the radius) or set_cover (fewest devices so that all are within it; needs no budget)
# objective: p_center

solver: {{seed: 7}}             # same seed, same plan; effort: fast, good or best
report: [pdf, map]            # also planner (a page to drag devices on), geojson and gpkg for geographic data
"""


def init_scenario(name: str, folder: str | Path = ".") -> list[Path]:
    """Write a commented scenario to start from.

    Parameters
    ----------
    name : str
        Its title; the file is named after it. A path's folders or ``.yaml`` at the end are taken off.
    folder : str or Path
        Where to write; made when missing.

    Returns
    -------
    list of Path
        The file written.

    Raises
    ------
    OutputError
        If the name has no letter or digit, the file exists already, or it cannot be written.
    """
    title = Path(name.strip()).name.removesuffix(".yaml").removesuffix(".yml").strip()
    stem = "-".join("".join(sign if sign.isalnum() or sign in "-_." else " " for sign in title).split()).strip(".")
    if not any(sign.isalnum() for sign in stem):
        raise OutputError(f"{name!r} makes no file name; use letters or digits")
    path = Path(folder) / f"{stem}.yaml"
    if path.exists():
        raise OutputError(f"{path} exists already and is left as it is; choose another name")
    return [write_atomic(path, TEMPLATE.format(file=path.name, name=json.dumps(title, ensure_ascii=False)))]
