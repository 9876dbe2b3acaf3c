"""Pictures of a clustering on Axes given: the elbow with the chosen k, silhouettes by cluster, profiles of the centres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.view import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

    from placement.kmeans import ChosenK

_MOST_TICKS = 20
_MOST_BARS = 4000
"""Silhouettes drawn at most; of more, evenly spaced ones of each cluster stand for all."""


def draw_elbow(axes: Axes, chosen: ChosenK) -> None:
    """Draw the within-cluster sum of squares over k and mark the chosen one.

    Parameters
    ----------
    axes : Axes
        Empty.
    chosen : ChosenK
        The table and the choice.

    Notes
    -----
    The curve starts at zero on the vertical axis, so that its fall is seen at its true size. With the knee rule the chord from
    which the knee is measured is drawn too.
    """
    numbers = np.array([row.k for row in chosen.table])
    wcss = np.array([row.wcss for row in chosen.table])
    axes.plot(numbers, wcss, color=style.DEVICE_COLOURS[0], marker="o", markersize=4, linewidth=1.5, gid="wcss")
    if chosen.rule == "knee":
        axes.plot(numbers[[0, -1]], wcss[[0, -1]], color=style.FAINT_INK, linestyle="--", linewidth=1, zorder=1, gid="chord")
    height = float(wcss[numbers == chosen.k][0])
    axes.plot([chosen.k], [height], "o", markersize=11, mfc="none", mec=style.DEVICE_COLOURS[1], mew=2, gid="chosen")
    axes.annotate(
        f"k = {chosen.k}",
        (chosen.k, height),
        xytext=(9, 9),
        textcoords="offset points",
        color=style.DEVICE_COLOURS[1],
        fontweight="bold",
        gid="chosen-label",
    )
    axes.set_ylim(bottom=0.0)
    axes.set_xticks(numbers[:: -(-len(numbers) // _MOST_TICKS)])
    _finish(axes, "Elbow", "Number of clusters k", "Within-cluster sum of squares")


def draw_silhouettes(axes: Axes, silhouettes: ArrayLike, labels: ArrayLike, *, names: Sequence[str] | None = None) -> None:
    """Draw the silhouettes of each cluster as a blade, largest value on top, and their mean as a line.

    Parameters
    ----------
    axes : Axes
        Empty.
    silhouettes : array-like of shape (n,)
        From `silhouette_samples`; nan for samples that do not count.
    labels : array-like of shape (n,)
        The clusters they were computed with.
    names : sequence of str, optional
        Name of each cluster that is shown, in the order of the labels; the label itself when left out.

    Notes
    -----
    The height of a blade is the cluster's share of the samples. A blade that does not reach the line, or has a tail left of 0, is
    a cluster to doubt.
    """
    values, groups = np.asarray(silhouettes, dtype=float), np.asarray(labels)
    is_counted = ~np.isnan(values)
    values, groups = values[is_counted], groups[is_counted]
    shown = np.unique(groups)
    ends = np.cumsum([0.0, *(np.count_nonzero(groups == label) for label in shown)]) / max(len(groups), 1)
    for position, label in enumerate(shown):
        _draw_blade(axes, values[groups == label], ends[position], ends[position + 1], position)
    axes.axvline(float(values.mean()), color=style.INK, linestyle="--", linewidth=1, gid="mean")
    axes.text(
        float(values.mean()),
        -0.01,
        f" mean {values.mean():.2f}",
        color=style.INK,
        fontsize=style.TEXT_SIZE,
        va="bottom",
        gid="mean-label",
    )
    axes.axvline(0.0, color=style.FAINT_INK, linewidth=1, zorder=0)
    axes.set_yticks((ends[:-1] + ends[1:]) / 2, names if names is not None else [str(label) for label in shown])
    axes.set_xlim(min(-0.1, float(values.min())), 1.0)
    axes.set_ylim(1.0, -0.06)
    _finish(axes, "Silhouettes", "Silhouette", "Cluster")


def _draw_blade(axes: Axes, values: NDArray[np.float64], top: float, bottom: float, position: int) -> None:
    falling = np.sort(values)[::-1]
    if len(falling) > _MOST_BARS:
        falling = falling[np.linspace(0, len(falling) - 1, _MOST_BARS).round().astype(int)]
    gap = 0.04 * (bottom - top)
    edges = np.linspace(top + gap, bottom - gap, len(falling) + 1)
    axes.fill_betweenx(
        np.repeat(edges, 2)[1:-1],
        np.repeat(falling, 2),
        color=style.device_style(position).colour,
        linewidth=0,
        gid=f"blade-{position}",
    )


def draw_profiles(axes: Axes, profiles: ArrayLike, *, feature_names: Sequence[str], names: Sequence[str] | None = None) -> None:
    """Draw what sets each cluster apart: its centre, feature by feature, in standard deviations from the mean of all.

    Parameters
    ----------
    axes : Axes
        Empty.
    profiles : array-like of shape (k, d)
        Centres on the standard scale: 0 is the mean of all samples, 1 one standard deviation above it.
    feature_names : sequence of str
        Name of each of the d features.
    names : sequence of str, optional
        Name of each of the k clusters; "cluster 0", ... when left out.

    Notes
    -----
    A cluster is known by colour and shape; its marks are a little above or below each other, so that equal values are all seen.
    """
    table = np.asarray(profiles, dtype=float)
    k, d = table.shape
    shown = names if names is not None else [f"cluster {position}" for position in range(k)]
    lines = np.arange(d, dtype=float)
    for line in lines:
        axes.axhline(line, color=style.FAINT_INK, linewidth=0.6, zorder=0)
    axes.axvline(0.0, color=style.SOFT_INK, linewidth=1, zorder=0)
    offsets = (np.arange(k) - (k - 1) / 2) * min(0.12, 0.7 / k)
    for position, values in enumerate(table):
        look = style.device_style(position)
        axes.plot(
            values,
            lines + offsets[position],
            linestyle="none",
            marker=look.shape,
            markersize=7,
            mfc=look.colour,
            mec=look.edge,
            mew=0.8,
            label=shown[position],
            gid=f"profile-{position}",
        )
    axes.set_yticks(lines, list(feature_names))
    axes.set_ylim(d - 0.4, -0.6)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=style.TEXT_SIZE, borderaxespad=0.0)
    _finish(axes, "Profiles", "Standard deviations from the mean of all", "")


def _finish(axes: Axes, title: str, x: str, y: str) -> None:
    axes.set_title(title, loc="left", color=style.INK, fontweight="bold")
    axes.set_xlabel(x, color=style.SOFT_INK)
    axes.set_ylabel(y, color=style.SOFT_INK)
    axes.tick_params(labelsize=style.TEXT_SIZE, colors=style.SOFT_INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(style.FAINT_INK)
