"""GeoPackage, Shapefile, FlatGeobuf and Parquet, written by geopandas and read by us."""

from __future__ import annotations

import builtins
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placement.errors import FileFormatError, MissingExtraError
from placement.readers import read_table

geopandas = pytest.importorskip("geopandas")
shapely = pytest.importorskip("shapely")

SUFFIXES = [".gpkg", ".shp", ".fgb", ".parquet"]


def frame(n: int = 3, crs: str | None = "EPSG:28992") -> Any:
    """Return n points with a name and a weight."""
    columns = {"name": [f"P{index}" for index in range(n)], "people": [1.5 + index for index in range(n)]}
    return geopandas.GeoDataFrame(
        columns, geometry=geopandas.points_from_xy(121_000.0 + np.arange(n), 487_000.0 + np.arange(n)), crs=crs
    )


def write(data: Any, path: Path) -> Path:
    """Write a frame in the format of the path."""
    if path.suffix == ".parquet":
        data.to_parquet(path)
    else:
        # A FlatGeobuf with an index has its features in the order of the index, and none without geometry.
        data.to_file(path, engine="pyogrio", **({"SPATIAL_INDEX": "NO"} if path.suffix == ".fgb" else {}))
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_round_trip(tmp_path: Path, suffix: str) -> None:
    """Positions, attributes and coordinate system come back as they were written."""
    table = read_table(write(frame(), tmp_path / f"points{suffix}"))
    assert table.xy is not None
    assert table.xy.tolist() == [[121_000.0, 487_000.0], [121_001.0, 487_001.0], [121_002.0, 487_002.0]]
    assert table.columns["name"] == ["P0", "P1", "P2"]
    assert table.columns["people"] == [1.5, 2.5, 3.5]
    assert (table.crs, table.row_numbers, table.notes) == ("EPSG:28992", [1, 2, 3], ())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_areas(tmp_path: Path, suffix: str) -> None:
    """Areas count at their centroid, and the reader says so."""
    data = geopandas.GeoDataFrame({"name": ["a"]}, geometry=[shapely.box(0, 0, 2, 4)], crs="EPSG:28992")
    table = read_table(write(data, tmp_path / f"areas{suffix}"))
    assert table.xy is not None
    assert table.xy.tolist() == [[1.0, 2.0]]
    assert table.notes == ("1 areas or groups of points: their centroids are used",)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_lines_are_refused(tmp_path: Path, suffix: str) -> None:
    """Lines are no places."""
    data = geopandas.GeoDataFrame({"name": ["a"]}, geometry=[shapely.LineString([(0, 0), (1, 1)])], crs="EPSG:28992")
    with pytest.raises(FileFormatError, match="feature 1 is a LineString"):
        read_table(write(data, tmp_path / f"lines{suffix}"))


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".parquet"])
@pytest.mark.parametrize("share", [0.9, 0.5, 0.1, 0.0])
def test_truncated(tmp_path: Path, suffix: str, share: float) -> None:
    """A file that was cut off is refused with its name; it never becomes a shorter table."""
    path = write(frame(3000), tmp_path / f"points{suffix}")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(FileFormatError) as caught:
        read_table(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert str(caught.value).count(str(tmp_path)) == 1


def test_truncated_index(tmp_path: Path) -> None:
    """A FlatGeobuf cut off in its index gives no error of its own: its features are counted."""
    path = tmp_path / "points.fgb"
    frame(3000).to_file(path, engine="pyogrio")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(FileFormatError, match="it promises 3000 features and has 0"):
        read_table(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_not_what_the_name_says(tmp_path: Path, suffix: str) -> None:
    """Text under a geographic name is refused."""
    path = tmp_path / f"points{suffix}"
    path.write_text("name,x,y\n" * 100, encoding="utf-8")
    with pytest.raises(FileFormatError, match=f"points{suffix}: "):
        read_table(path)


def test_shapefile_without_its_companions(tmp_path: Path) -> None:
    """A .shp alone, as people send it by mail, lacks what it needs."""
    path = write(frame(), tmp_path / "points.shp")
    path.with_suffix(".shx").unlink()
    with pytest.raises(FileFormatError, match=r"points\.shp"):
        read_table(path)


def test_other_layers_are_told(tmp_path: Path) -> None:
    """Only the first layer is read, and the user is told of the others."""
    path = tmp_path / "two.gpkg"
    frame().to_file(path, layer="seats", engine="pyogrio")
    frame(5).to_file(path, layer="walls", engine="pyogrio")
    table = read_table(path)
    assert table.n == 3
    assert table.notes == ("layer 'seats' is read, the other 1 are not",)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_missing_geometry(tmp_path: Path, suffix: str) -> None:
    """A row without geometry keeps its place, its position is nan."""
    data = frame()
    data.loc[1, "geometry"] = None
    table = read_table(write(data, tmp_path / f"points{suffix}"))
    assert table.xy is not None
    assert np.isnan(table.xy[:, 0]).tolist() == [False, True, False]


def test_no_coordinate_system(tmp_path: Path) -> None:
    """A file that does not say its coordinate system has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        path = write(frame(crs=None), tmp_path / "points.fgb")
    assert read_table(path).crs is None


def test_plain_parquet(tmp_path: Path) -> None:
    """Parquet without geometry is a table of columns."""
    path = tmp_path / "plain.parquet"
    frame().drop(columns="geometry").to_parquet(path)
    table = read_table(path)
    assert table.xy is None
    assert table.columns["people"] == [1.5, 2.5, 3.5]


@pytest.mark.parametrize(
    ("suffix", "library"),
    [(".gpkg", "pyogrio"), (".shp", "pyogrio"), (".fgb", "pyogrio"), (".parquet", "pyarrow"), (".parquet", "geopandas")],
)
def test_missing_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, library: str) -> None:
    """Without the library the error names the extra to install."""
    path = write(frame(), tmp_path / f"points{suffix}")
    monkeypatch.setattr(builtins, "__import__", without(library))
    with pytest.raises(MissingExtraError, match=r"pip install 'placement\[geo\]'"):
        read_table(path)


def without(library: str) -> Callable[..., Any]:
    """Return an import function that does not find a library."""
    original = builtins.__import__

    def find(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == library:
            raise ImportError(f"No module named {name!r}")
        return original(name, *rest)

    return find
