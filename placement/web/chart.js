/** The elbow: what each budget reaches, where the plan in hand stands. */
import { length, percent } from "./format.js";

export const SVG = "http://www.w3.org/2000/svg";
const WIDE = 320, HIGH = 122, LEFT = 8, RIGHT = 8, TOP = 14, BOTTOM = 26;

/** Return the objective as a figure that people read: a distance or a share. It falls or rises as the objective does. */
export function readable(kind, value, weight) {
  if (kind === "k_means") return Math.sqrt(value / weight);
  if (kind === "p_median" || kind === "max_cover") return value / weight;
  return value;
}

/** Return how that figure is called. */
export function readableName(kind) {
  return {
    k_means: "Typical distance (root mean square)", p_median: "Mean distance", p_center: "Farthest distance",
    max_cover: "Share within the radius", set_cover: "Devices",
  }[kind];
}

function inWords(kind, value, unit) {
  if (kind === "max_cover") return percent(value);
  return kind === "set_cover" ? String(value) : length(value, unit);
}

/**
 * Draw the curve into an SVG element; nothing to draw with fewer than two budgets.
 * @param {SVGElement} svg @param {any} data @param {{nNew: number, value: number, budget: number}} now @param {number} weight of all points
 * @param {(k: number) => void} choose called with the position of a budget that was clicked
 */
export function drawElbow(svg, data, now, weight, choose) {
  const { kind } = data.objective, read = (value) => readable(kind, value, weight);
  const rows = data.budgets.map((budget) => ({ x: budget.nNew, y: read(budget.value), bound: budget.bound === null ? null : read(budget.bound) }));
  const mine = { x: now.nNew, y: read(now.value) };
  const all = [...rows, mine].filter((row) => Number.isFinite(row.y));
  const low = Math.min(0, ...all.map((row) => row.y)), high = Math.max(...all.map((row) => row.y)) || 1;
  const west = Math.min(...all.map((row) => row.x)), east = Math.max(...all.map((row) => row.x));
  const sx = (x) => LEFT + 14 + ((x - west) / Math.max(1, east - west)) * (WIDE - LEFT - RIGHT - 28);
  const sy = (y) => HIGH - BOTTOM - ((y - low) / (high - low)) * (HIGH - TOP - BOTTOM);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  const make = (name, attributes, text = "") => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    node.textContent = text;
    svg.append(node);
    return node;
  };
  make("line", { x1: LEFT, y1: sy(low), x2: WIDE - RIGHT, y2: sy(low), class: "axis" });
  const bounds = rows.filter((row) => row.bound !== null);
  if (bounds.length > 1) {
    const upper = bounds.map((row) => `${sx(row.x)},${sy(row.y)}`), lower = bounds.map((row) => `${sx(row.x)},${sy(row.bound)}`).reverse();
    make("polygon", { points: [...upper, ...lower].join(" "), class: "band" });
  }
  make("polyline", { points: rows.map((row) => `${sx(row.x)},${sy(row.y)}`).join(" "), class: "curve" });
  const step = Math.ceil(rows.length / 12);
  rows.forEach((row, k) => {
    const dot = make("circle", { cx: sx(row.x), cy: sy(row.y), r: k === now.budget ? 5.5 : 4, class: k === now.budget ? "dot chosen" : "dot" });
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${row.x} new: ${inWords(kind, row.y, data.unit)}`;
    dot.append(title);
    dot.addEventListener("click", () => choose(k));
    if (k % step === 0 || k === rows.length - 1) make("text", { x: sx(row.x), y: HIGH - 10, class: "tick" }, String(row.x));
  });
  make("circle", { cx: sx(mine.x), cy: sy(mine.y), r: 8.5, class: "now" });
  const shown = inWords(kind, mine.y, data.unit);
  make("text", { x: Math.min(WIDE - 44, Math.max(44, sx(mine.x) + 12)), y: Math.max(11, sy(mine.y) - 13), class: "value" }, shown);
  svg.setAttribute("aria-label", `${readableName(kind)} over the number of new devices. This plan: ${mine.x} new, ${shown}.`);
}
