/** What things look like: colours by day and by night, shapes, hatching. */

export const LIGHT = {
  paper: "#ffffff", outside: "#f4f5f7", beyond: "#ececec", beyondLine: "#b4b4b4",
  bands: ["#94c4e3", "#b4d7ee", "#d0e6f5", "#e4f0f9", "#f1f7fc"], limit: "#5a626b", soft: "#ffffff",
  wall: "#3d434b", door: "#6d747d", window: "#2f78a8", voidFill: "#ffffff", voidLine: "#9aa0a6",
  forbidden: "#c62f2b", ink: "#1d2229", faint: "#5a626b", halo: "#ffffff", link: 0.5, pointEdge: "#ffffff",
};
export const DARK = {
  paper: "#1a1f26", outside: "#12161b", beyond: "#262b32", beyondLine: "#474e58",
  bands: ["#1d4a68", "#1a3d56", "#183246", "#182a39", "#1a2630"], limit: "#a9b4c0", soft: "#12161b",
  wall: "#c4cad2", door: "#8d97a3", window: "#6fb3dd", voidFill: "#12161b", voidLine: "#59616b",
  forbidden: "#ff7b72", ink: "#f2f4f7", faint: "#b4bdc7", halo: "#12161b", link: 0.65, pointEdge: "#12161b",
};

/** Mix a colour with a third of white. */
export function lighter(colour) {
  const part = (k) => Math.round(parseInt(colour.slice(k, k + 2), 16) * 0.67 + 84).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}

/** Return a square with a line from corner to corner, which joins up when squares stand side by side. */
export function hatchTile(colour, side, ratio) {
  const tile = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const c = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  c.strokeStyle = colour;
  c.lineWidth = 0.7 * ratio;
  c.beginPath();
  for (const shift of [-side, 0, side]) {
    c.moveTo(shift - 2, side + 2);
    c.lineTo(shift + side + 2, -2);
  }
  c.stroke();
  return tile;
}

/** Make the outline of a shape the current path. @param {any} c @param {string} shape one of "o", "^", "s", "D", "v" */
export function outline(c, shape, x, y, size) {
  c.beginPath();
  if (shape === "o") {
    c.arc(x, y, size, 0, 2 * Math.PI);
  } else if (shape === "s") {
    c.rect(x - size * 0.89, y - size * 0.89, size * 1.78, size * 1.78);
  } else if (shape === "D") {
    c.moveTo(x, y - size * 1.2);
    c.lineTo(x + size * 1.2, y);
    c.lineTo(x, y + size * 1.2);
    c.lineTo(x - size * 1.2, y);
  } else {
    const up = shape === "^" ? -1 : 1;
    c.moveTo(x, y + up * size * 1.15);
    c.lineTo(x + size * 1.1, y - up * size * 0.75);
    c.lineTo(x - size * 1.1, y - up * size * 0.75);
  }
  c.closePath();
}
