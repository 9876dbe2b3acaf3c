/** The elbow: what each budget reaches, which is recommended, where the plan in hand stands. */
import { amount, length, percent } from "./format.js";

export const SVG = "http://www.w3.org/2000/svg";
const WIDE = 320, HIGH = 136, LEFT = 8, RIGHT = 8, TOP = 30, BOTTOM = 26;
const MOST_TICKS = 12;

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
  if (!Number.isFinite(value)) return "–";
  if (kind === "max_cover") return percent(value);
  return kind === "set_cover" ? String(value) : length(value, unit);
}

export class Elbow {
  /**
   * @param {SVGElement} svg @param {any} data @param {number} weight of all points
   * @param {(k: number) => void} choose called with the position of a budget that was clicked
   */
  constructor(svg, data, weight, choose) {
    Object.assign(this, { svg, data, weight, choose, kind: data.objective.kind, key: "" });
    const read = (value) => (value === null ? NaN : readable(this.kind, value, weight));
    this.rows = data.budgets.map((budget) => ({ x: budget.money ?? budget.nNew, y: read(budget.value), bound: read(budget.bound) }));
    this.recommended = data.budgets.findIndex((budget) => budget.mark === "recommended");
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  }

  /** Show where the plan in hand stands. @param {{x: number, value: number, budget: number}} now */
  show(now) {
    const mine = { x: now.x, y: readable(this.kind, now.value, this.weight) };
    const all = [...this.rows, mine].filter((row) => Number.isFinite(row.y));
    this.low = Math.min(0, ...all.map((row) => row.y));
    this.high = Math.max(...all.map((row) => row.y)) || 1;
    this.west = Math.min(...all.map((row) => row.x));
    this.east = Math.max(...all.map((row) => row.x));
    // While a device is dragged the curve mostly stays: only the ring on it moves.
    const key = `${this.low} ${this.high} ${this.west} ${this.east} ${now.budget}`;
    if (key !== this.key) this.draw(now.budget);
    this.key = key;
    const shown = inWords(this.kind, mine.y, this.data.unit), x = this.x(mine.x), y = Number.isFinite(mine.y) ? this.y(mine.y) : TOP;
    this.ring.setAttribute("cx", String(x));
    this.ring.setAttribute("cy", String(y));
    this.value.setAttribute("x", String(Math.min(WIDE - 44, Math.max(44, x + 12))));
    this.value.setAttribute("y", String(Math.max(TOP - 5, y - 13)));
    this.value.textContent = shown;
    const where = this.data.axis === "cost" ? `the money for new devices. This plan: ${amount(mine.x)}` : `the number of new devices. This plan: ${mine.x} new`;
    this.svg.setAttribute("aria-label", `${readableName(this.kind)} over ${where}, ${shown}.`);
  }

  x(x) {
    return LEFT + 14 + ((x - this.west) / (this.east - this.west || 1)) * (WIDE - LEFT - RIGHT - 28);
  }

  y(y) {
    return HIGH - BOTTOM - ((y - this.low) / (this.high - this.low)) * (HIGH - TOP - BOTTOM);
  }

  make(name, attributes, text = "") {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    node.textContent = text;
    this.svg.append(node);
    return node;
  }

  /** Draw all but the ring and its figure. */
  draw(chosen) {
    this.svg.replaceChildren();
    const place = (row, y) => `${this.x(row.x)},${this.y(y)}`, known = this.rows.filter((row) => Number.isFinite(row.y));
    this.make("line", { x1: LEFT, y1: this.y(this.low), x2: WIDE - RIGHT, y2: this.y(this.low), class: "axis" });
    const bounds = known.filter((row) => Number.isFinite(row.bound));
    if (bounds.length > 1) {
      const around = [...bounds.map((row) => place(row, row.y)), ...bounds.map((row) => place(row, row.bound)).reverse()];
      this.make("polygon", { points: around.join(" "), class: "band" });
    }
    this.drawAdvice();
    this.make("polyline", { points: known.map((row) => place(row, row.y)).join(" "), class: "curve" });
    const step = Math.ceil(this.rows.length / MOST_TICKS);
    this.rows.forEach((row, k) => {
      if (Number.isFinite(row.y)) this.drawDot(row, k, k === chosen);
      const isTick = k % step === 0 ? this.rows.length - 1 - k >= step / 2 || k === this.rows.length - 1 : k === this.rows.length - 1;
      if (isTick) this.make("text", { x: this.x(row.x), y: HIGH - 10, class: "tick" }, amount(row.x));
    });
    this.ring = this.make("circle", { r: 8.5, class: "now" });
    this.value = this.make("text", { class: "value" });
  }

  drawDot(row, k, isChosen) {
    const dot = this.make("circle", { cx: this.x(row.x), cy: this.y(row.y), r: isChosen ? 5.5 : 4, class: isChosen ? "dot chosen" : "dot" });
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${amount(row.x)}${this.data.axis === "cost" ? "" : " new"}: ${inWords(this.kind, row.y, this.data.unit)}`;
    dot.append(title);
    dot.addEventListener("click", () => this.choose(k));
  }

  /** Mark the budget that is recommended. */
  drawAdvice() {
    if (this.recommended < 0) return;
    const x = this.x(this.rows[this.recommended].x), half = 36;
    this.make("line", { x1: x, y1: 14, x2: x, y2: this.y(this.low), class: "advised" });
    this.make("text", { x: Math.min(WIDE - half, Math.max(half, x)), y: 10, class: "tick advised" }, "recommended");
  }
}
