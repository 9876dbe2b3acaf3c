"""The pictures of segments as SVG: elbow, silhouettes, profiles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from placement.view.figures import drawing_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from placement.kmeans import ChosenK
    from placement.tasks.segment import Segmentation

_WIDTH, _WIDTH_BESIDE_LEGEND = 7.0, 4.4
"""[inches]"""


def plots(result: Segmentation) -> dict[str, bytes]:
    """Return the pictures that a result has.

    Parameters
    ----------
    result : Segmentation
        What was found.

    Returns
    -------
    dict of str to bytes
        File name to SVG, the same bytes for the same result: the elbow only where the number of segments was chosen, silhouettes
        only where there are two segments.
    """
    from placement.view import cluster_plots

    drawn = {}
    chosen, names = result.chosen, [one.id for one in result.segments]
    titles = [f"{one.id} {one.name}" for one in result.segments]
    if chosen is not None:
        drawn["elbow.svg"] = _svg(_WIDTH, 3.4, lambda axes: _elbow(axes, chosen))
    if np.isfinite(result.silhouettes).any():
        shown = [names[j] for j in np.unique(result.silhouette_labels)]
        drawn["silhouettes.svg"] = _svg(
            _WIDTH,
            4.2,
            lambda axes: cluster_plots.draw_silhouettes(axes, result.silhouettes, result.silhouette_labels, names=shown),
        )
    features = [name.replace("_", " ") for name in result.customers.names]
    profiles = np.array([one.deviation for one in result.segments])
    height = 1.2 + 0.38 * len(features)
    drawn["profiles.svg"] = _svg(
        _WIDTH_BESIDE_LEGEND,
        max(height, 1.2 + 0.2 * len(titles)),
        lambda axes: cluster_plots.draw_profiles(axes, profiles, feature_names=features, names=titles),
    )
    return drawn


def _elbow(axes: Axes, chosen: ChosenK) -> None:
    from placement.view.cluster_plots import draw_elbow

    draw_elbow(axes, chosen)
    # The mark of the first k, the highest of all, would stand on the title.
    axes.set_ylim(top=1.15 * max(row.wcss for row in chosen.table))


def _svg(width: float, height: float, draw: Callable[[Axes], None]) -> bytes:
    """Return what `draw` draws, cut to what it covers: names outside the axes are as long as they are."""
    from matplotlib.figure import Figure

    stream = io.BytesIO()
    with drawing_settings():
        figure = Figure(figsize=(width, height), facecolor="white")
        draw(figure.add_axes((0.1, 0.14, 0.85, 0.74)))
        figure.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    return stream.getvalue()
