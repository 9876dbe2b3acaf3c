/**
 * Points as small squares of pixels, drawn once and then copied: thousands of copies cost less than a hundred drawn pictures.
 * @typedef {{side: number, pixels: Uint32Array, picture?: HTMLCanvasElement}} Stamp pixels are red, green, blue and opacity from the lowest byte up
 */

/** Return how deep a place lies inside a shape around the origin; negative outside. The shapes are those of `outline`. */
export function depth(shape, x, y, size) {
  if (shape === "o") return size - Math.hypot(x, y);
  if (shape === "s") return 0.89 * size - Math.max(Math.abs(x), Math.abs(y));
  if (shape === "D") return (1.2 * size - Math.abs(x) - Math.abs(y)) / Math.SQRT2;
  const up = shape === "^" ? -y : y;
  return Math.min(up + 0.75 * size, (1.1 * (1.15 * size - up) - 1.9 * Math.abs(x)) / Math.hypot(1.1, 1.9));
}

/** Return the side of the stamp of a shape [pixels of the screen]: its points, its line and a soft edge fit in. */
export function stampSide(size, ratio) {
  return Math.ceil((2.5 * size + 4) * ratio);
}

/**
 * Return a shape with a line around it.
 * @param {string} shape @param {number} size @param {{fill: string, edge: string, line: number}} look colours, and the width of the line
 * @param {number} ratio pixels of the screen for one of the page @returns {Stamp}
 */
export function stamp(shape, size, look, ratio) {
  const side = stampSide(size, ratio), pixels = new Uint32Array(side * side), fill = channels(look.fill), edge = channels(look.edge);
  const share = (deep) => Math.min(1, Math.max(0, deep * ratio + 0.5));
  for (let k = 0; k < pixels.length; k++) {
    const x = ((k % side) + 0.5 - side / 2) / ratio, y = (Math.floor(k / side) + 0.5 - side / 2) / ratio;
    const deep = depth(shape, x, y, size), whole = share(deep + look.line / 2), inner = share(deep - look.line / 2);
    if (!whole) continue;
    pixels[k] = word(fill.map((value, j) => (value * inner + edge[j] * (whole - inner)) / whole), whole);
  }
  return { side, pixels };
}

/** Return the pixel of a colour that hides what is below. @param {string} colour as #rrggbb @returns {number} */
export function opaque(colour) {
  return word(channels(colour), 1);
}

/** Return a stamp as a picture for a canvas. @param {Stamp} mark @returns {HTMLCanvasElement} */
export function pictureOf({ side, pixels }) {
  const picture = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const c = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  c.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), side, side), 0, 0);
  return picture;
}

/** Lay a stamp over pixels. @param {Uint32Array} words of a picture `wide` across @param {number} at where the stamp begins @param {Stamp} mark */
export function paste(words, wide, at, { side, pixels }) {
  for (let row = 0, k = 0; row < side; row++, at += wide - side) {
    for (let column = 0; column < side; column++, k++, at++) {
      const opacity = pixels[k] >>> 24;
      if (opacity === 255) words[at] = pixels[k];
      else if (opacity) words[at] = over(pixels[k], words[at]);
    }
  }
}

/** Return what is seen of one pixel over another. Called for every soft edge of every point, so it makes no objects. */
export function over(top, under) {
  const above = top >>> 24, rest = ((under >>> 24) * (255 - above)) / 255;
  if (!rest) return top;
  const both = above + rest, a = above / both, b = rest / both;
  const red = (top & 255) * a + (under & 255) * b + 0.5, green = ((top >>> 8) & 255) * a + ((under >>> 8) & 255) * b + 0.5;
  const blue = ((top >>> 16) & 255) * a + ((under >>> 16) & 255) * b + 0.5;
  return (((both + 0.5) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function channels(colour) {
  return [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
}

function word([red, green, blue], opacity) {
  return ((Math.round(opacity * 255) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}
