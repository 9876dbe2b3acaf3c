"""Lay what the reader found over the picture of the drawing, to look at: python docs/office-import/overlay.py.

The picture was made from the same drawing by its authors. Two wall corners fix the scale; everything else must then fit.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import shapely

from placement import load_scenario
from placement.pipeline import check

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"
PICTURE = SCENARIOS / "data" / "office" / "office_cad.png"
# Outer wall corners, south-west and north-east: in the drawing [m], and in the picture [pixels from the upper left].
DRAWING_CORNERS = np.array([[11.706, 10.911], [69.606, 28.311]])
PICTURE_CORNERS = np.array([[30.0, 659.0], [1321.0, 271.5]])


def to_pixels(xy: np.ndarray) -> np.ndarray:
    """Turn drawing metres into picture pixels."""
    scale = np.diff(PICTURE_CORNERS, axis=0)[0] / np.diff(DRAWING_CORNERS, axis=0)[0]
    return (xy - DRAWING_CORNERS[0]) * scale + PICTURE_CORNERS[0]


def main() -> None:
    """Draw the overlay."""
    problem = check(load_scenario(SCENARIOS / "office.yaml"))
    plan = problem.domain.plan
    figure, axes = plt.subplots(figsize=(18, 9))
    axes.imshow(plt.imread(PICTURE))
    looks = (
        (plan.outline, "red", 2),
        (plan.walls, "yellow", 0.8),
        (plan.voids, "magenta", 2),
        (problem.domain.free, "lime", 0.8),
    )
    for shape, colour, width in looks:
        for line in shapely.get_parts(shapely.boundary(shape)):
            for part in getattr(line, "geoms", [line]):
                axes.plot(*to_pixels(np.asarray(part.coords)).T, color=colour, linewidth=width)
    ring = {"markerfacecolor": "none", "markeredgecolor": "red", "markersize": 9, "markeredgewidth": 1.8}
    axes.plot(*to_pixels(problem.demand.xy).T, "o", **ring)
    for name, (x, y) in zip(problem.demand.ids, to_pixels(problem.demand.xy), strict=True):
        axes.text(x + 6, y - 6, name.removeprefix("seat-"), color="red", fontsize=7)
    axes.set_axis_off()
    figure.savefig(HERE / "overlay.png", dpi=90, bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    main()
