"""A picture in few colours: K-Means on its pixels, the palette, and what was lost. Values in, a new value out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement import __version__
from placement.errors import ScenarioError
from placement.kernels import assign
from placement.kmeans import KMeans
from placement.kmeans.effort import WatchClock
from placement.progress import Watch
from placement.scenario.data_files import check_data_file
from placement.scenario.source import source_of
from placement.tasks.ending import Status, status_of, warning_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from placement.core.result import Source
    from placement.scenario import CompressScenario
    from placement.scenario.compress_schema import CompressSpec

_CHANNEL = 256


@dataclass(frozen=True, slots=True, eq=False)
class Compressed:
    """A picture in few colours.

    Parameters
    ----------
    source : Source
        Where it comes from.
    pixels : ndarray of shape (height, width, 3)
        The picture as given, 0 to 255.
    palette : ndarray of shape (k, 3)
        The colours, 0 to 255, from dark to light.
    labels : ndarray of shape (height, width)
        Position of each pixel's colour.
    n_colors_before : int
        Different colours in the picture as given.
    bytes_before : int
        Size of the picture file as given [bytes].
    bytes_png_before : int
        Size of the picture as given, as PNG without loss [bytes].
    png : bytes
        The picture in few colours, as PNG with a palette.
    psnr_db : float
        Peak signal-to-noise ratio [dB]; infinite when nothing was lost.
    seed : int
        Seed of the search.
    status : {"feasible", "time_limit", "interrupted"}
        How the search ended.
    version : str
        Version of this package.
    warnings : tuple of str
        What the user should know.
    """

    source: Source
    pixels: NDArray[np.uint8]
    palette: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    n_colors_before: int
    bytes_before: int
    bytes_png_before: int
    png: bytes
    psnr_db: float
    seed: int
    status: Status = "feasible"
    version: str = __version__
    warnings: tuple[str, ...] = ()


def check(scenario: CompressScenario) -> tuple[dict[str, int], str]:
    """Read and check the picture without reducing it; return its size, and a sentence that says it."""
    height, width, _ = _read(scenario).shape
    return {"width": width, "height": height}, f"Pixels: {width} x {height}."


def compress(scenario: CompressScenario, watch: Watch | None = None) -> Compressed:
    """Show a picture with few colours.

    Parameters
    ----------
    scenario : CompressScenario
        From `load_any`.
    watch : Watch, optional
        Hears about progress and may stop the search early; the best colours so far are returned all the same. Without one,
        only the scenario's own time limit stops it.

    Returns
    -------
    Compressed
        The same for the same scenario, whatever the number of threads, unless the search was stopped.

    Raises
    ------
    ScenarioError
        If the picture cannot be read.
    """
    spec = scenario.spec
    pixels = _read(scenario)
    colors, places, counts = _distinct_colors(pixels)
    watch = watch or Watch(spec.solver.time_limit)
    palette, position = _few_colors(colors, counts, spec, watch)
    status = status_of(watch)
    labels = position[places].reshape(pixels.shape[:2]).astype(np.uint8)
    return Compressed(
        source=source_of(scenario, spec.report),
        pixels=pixels,
        palette=palette,
        labels=labels,
        n_colors_before=len(colors),
        bytes_before=scenario.resolve(spec.image.file).stat().st_size,
        bytes_png_before=len(_png(pixels)),
        png=_palette_png(labels, palette),
        psnr_db=psnr(pixels, palette[labels]),
        seed=spec.solver.seed,
        status=status,
        warnings=warning_of(status, "colours"),
    )


def psnr(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Return the peak signal-to-noise ratio of two pictures of the same shape [dB].

    10 log10(255² / mean squared difference over all pixels and channels); infinite when they are the same.

    Examples
    --------
    >>> round(psnr(np.zeros((1, 1, 3), np.uint8), np.full((1, 1, 3), 255, np.uint8)), 6)
    0.0
    """
    error = float(np.mean((before.astype(np.float64) - after) ** 2))
    return float(10 * np.log10((_CHANNEL - 1) ** 2 / error)) if error else float("inf")


def _read(scenario: CompressScenario) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    loc = ("image", "file")
    path: Path = check_data_file(scenario, loc, scenario.spec.image.file)
    try:
        with Image.open(path) as image:
            if not image.mode.startswith(("I", "F")):
                upright: Any = ImageOps.exif_transpose(image)
                return np.asarray(upright.convert("RGB"))
        # Bringing numbers without a known white to 256 steps would be a guess.
        problem = f"{path} has more than 256 steps a channel"
    except Image.DecompressionBombError:
        problem = f"{path} has more than {2 * (Image.MAX_IMAGE_PIXELS or 0):,} pixels"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        problem = f"{path} is no picture that can be read, or not a whole one"
    raise ScenarioError([scenario.fault(loc, problem, fix="save it as PNG or JPEG")])


def _distinct_colors(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.intp], NDArray[np.intp]]:
    """Return the different colours, the position of each pixel's, and how many pixels have each."""
    wide = pixels.reshape(-1, 3).astype(np.uint32)
    codes = (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2]
    distinct, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
    colors = np.column_stack([distinct >> 16, (distinct >> 8) % _CHANNEL, distinct % _CHANNEL]).astype(np.uint8)
    return colors, places, counts


def _few_colors(
    colors: NDArray[np.uint8], counts: NDArray[np.intp], spec: CompressSpec, watch: Watch
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Return the palette from dark to light, and which of its colours stands for each of the given ones."""
    # A colour that many pixels have is one point of that weight: the same centres, from far fewer points.
    points = colors.astype(np.float64)
    centers = points
    if len(colors) > spec.colors:
        model = KMeans(spec.colors, n_init=spec.solver.n_init, random_state=spec.solver.seed)
        centers = model.fit_within(points, WatchClock(watch, "searching"), counts.astype(np.float64)).cluster_centers_
    rounded = np.unique(np.rint(centers).astype(np.uint8), axis=0)
    luminance = rounded @ np.array([0.2126, 0.7152, 0.0722])
    palette = rounded[np.argsort(luminance, kind="stable")]
    # Nearest to the colours as they will be shown: rounding may have moved a border.
    return palette, assign(points, palette.astype(np.float64))[0]


def _png(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "png", optimize=True)
    return stream.getvalue()


def _palette_png(labels: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    image = Image.fromarray(labels)
    image.putpalette(palette.tobytes())
    stream = io.BytesIO()
    # Bits for as many colours as there are: 16 colours need half a byte for each pixel.
    image.save(stream, "png", optimize=True, bits=next(bits for bits in (1, 2, 4, 8) if 2**bits >= len(palette)))
    return stream.getvalue()
