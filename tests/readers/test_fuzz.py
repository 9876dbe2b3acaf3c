"""Whatever bytes stand in a text file, its reader returns a table or says why not; nothing else comes out."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.errors import FileFormatError
from placement.readers import read_table

CELLS = st.sampled_from(
    ["x", "y", ",", ";", "\t", "\n", "\r", '"', "1", "-2.5", "é", "\ufeff", " ", "\0", "{", "}", "[", "]", ":", "null"]
)
GEOJSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.sampled_from(["Feature", "Point", "Polygon"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "crs"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=80), st.lists(CELLS, max_size=40).map(lambda parts: "".join(parts).encode())))
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".geojson"])
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes) -> None:
    """Bytes are a table, all columns equally long, or a FileFormatError."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    with contextlib.suppress(FileFormatError):
        table = read_table(path)
        assert all(len(column) == table.n for column in table.columns.values())


@settings(max_examples=300, deadline=None)
@given(document=GEOJSON, wrapped=st.booleans())
def test_any_json(tmp_path_factory: pytest.TempPathFactory, document: object, wrapped: bool) -> None:
    """JSON of any shape under GeoJSON's words is a table or a FileFormatError."""
    import json

    path = tmp_path_factory.getbasetemp() / "any.json"
    whole = (
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": document}]}
        if wrapped
        else document
    )
    path.write_text(json.dumps(whole), encoding="utf-8")
    with contextlib.suppress(FileFormatError):
        assert read_table(path).n >= 0
