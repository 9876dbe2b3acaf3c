"""Pictures in few colours: what is kept, what is lost, what is written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from placement.errors import ScenarioError
from placement.scenario import load_any
from placement.tasks.compress import Compressed, compress, psnr
from placement.tasks.compress_files import result_text, side_by_side, write

RNG = np.random.default_rng(5)
PICTURE = np.clip(RNG.normal([[[60, 90, 120]]], 30, (20, 30, 3)), 0, 255).astype(np.uint8)


def run(folder: Path, pixels: np.ndarray = PICTURE, colors: int = 8) -> Compressed:
    """Return a picture in few colours."""
    Image.fromarray(pixels).save(folder / "picture.png")
    text = f"schema: 1\ntask: compress\nname: A picture\nimage: {{file: picture.png}}\ncolors: {colors}\n"
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return compress(load_any(folder / "scenario.yaml"))


def decoded(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_the_png_shows_the_palette_and_nothing_else(tmp_path: Path) -> None:
    """The file decodes to the palette's colours at the pixels' labels, in as few bits as they need."""
    result = run(tmp_path)
    np.testing.assert_array_equal(decoded(result.png), result.palette[result.labels])
    assert len(result.palette) == 8
    assert result.png[24] == 4  # bits for each pixel in the header of a PNG
    luminance = result.palette @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(luminance) >= 0).all()


def test_every_pixel_has_its_nearest_colour(tmp_path: Path) -> None:
    """Recomputed in plain numpy."""
    result = run(tmp_path)
    squared = ((PICTURE[:, :, None].astype(float) - result.palette) ** 2).sum(axis=3)
    chosen = np.take_along_axis(squared, result.labels[..., None].astype(int), axis=2)[..., 0]
    np.testing.assert_array_equal(chosen, squared.min(axis=2))


def test_more_colours_are_never_less_alike(tmp_path: Path) -> None:
    """The signal-to-noise ratio rises with the number of colours and is that of its definition."""
    results = [run(tmp_path, colors=k) for k in (2, 4, 16, 64)]
    values = [result.psnr_db for result in results]
    assert values == sorted(values)
    error = np.mean((PICTURE.astype(float) - results[0].palette[results[0].labels]) ** 2)
    assert values[0] == pytest.approx(10 * np.log10(255**2 / error))


def test_a_picture_of_few_colours_loses_nothing(tmp_path: Path) -> None:
    """With as many colours as it has the picture comes back, and infinity is no word of JSON."""
    flat = np.zeros((4, 4, 3), np.uint8)
    flat[:2] = [10, 200, 30]
    result = run(tmp_path, flat, 16)
    np.testing.assert_array_equal(decoded(result.png), flat)
    assert psnr(flat, decoded(result.png)) == float("inf")
    assert json.loads(result_text(result))["psnr_db"] is None


def test_files_and_sizes(tmp_path: Path) -> None:
    """The sizes told are those of the files; the comparison shows both pictures; the report is a PDF with the ratio."""
    result = run(tmp_path)
    write(result, tmp_path / "out", ["pdf", "compare"])
    told = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert told["bytes"]["png_after"] == (tmp_path / "out" / "picture.png").stat().st_size
    assert told["bytes"]["file_before"] == (tmp_path / "picture.png").stat().st_size
    assert sum(color["pixels"] for color in told["palette"]) == PICTURE.shape[0] * PICTURE.shape[1]
    sheet = decoded(side_by_side(result))
    np.testing.assert_array_equal(sheet[:20, :30], PICTURE)
    np.testing.assert_array_equal(sheet[:20, -30:], decoded(result.png))
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "report.pdf").pages)
    assert f"{result.psnr_db:.2f} dB" in text


@pytest.mark.parametrize("content", [b"no picture", b"", b"\x89PNG\r\n\x1a\n1234"])
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes) -> None:
    """Text, an empty file and half a picture are faults of the scenario, at the key that names the file."""
    run(tmp_path)
    (tmp_path / "picture.png").write_bytes(content)
    with pytest.raises(ScenarioError, match=r"4:15: image\.file: .* is no picture that can be read"):
        compress(load_any(tmp_path / "scenario.yaml"))


def test_half_a_picture_is_a_fault(tmp_path: Path) -> None:
    """A file that ends too early is not shown as if it were whole."""
    run(tmp_path)
    whole = (tmp_path / "picture.png").read_bytes()
    (tmp_path / "picture.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ScenarioError, match="not a whole one"):
        compress(load_any(tmp_path / "scenario.yaml"))


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "CMYK"])
def test_every_kind_of_picture_is_read(tmp_path: Path, mode: str) -> None:
    """Grey, palette, transparency, black and white: all are colours."""
    run(tmp_path)
    file = "picture.tif" if mode == "CMYK" else "picture.png"
    Image.fromarray(PICTURE).convert(mode).save(tmp_path / file)
    text = (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(text.replace("picture.png", file), encoding="utf-8")
    assert compress(load_any(tmp_path / "scenario.yaml")).labels.shape == (20, 30)


def test_more_than_256_steps_are_refused(tmp_path: Path) -> None:
    """A 16-bit measurement has no known white: it is not silently clipped."""
    run(tmp_path)
    Image.fromarray(np.arange(600, dtype=np.uint16).reshape(20, 30)).save(tmp_path / "picture.png")
    with pytest.raises(ScenarioError, match="more than 256 steps"):
        compress(load_any(tmp_path / "scenario.yaml"))


def test_one_pixel(tmp_path: Path) -> None:
    """The smallest picture is one."""
    result = run(tmp_path, np.array([[[1, 2, 3]]], np.uint8))
    write(result, tmp_path / "out", ["pdf", "compare"])
    assert result.palette.tolist() == [[1, 2, 3]]
