/** The panel beside the map: result cards, devices, worst served, budget and elbow. Texts go in as text, never as markup. */
import { BudgetBlock } from "./budget.js";
import { SVG } from "./chart.js";
import { amount, figures, length, number, objectiveValue, percent, shortLength, signed } from "./format.js";
import { outline } from "./looks.js";

const WORST_SHOWN = 5;
const ROWS_SHOWN = 200;
const PIN = "M7 3h6l-1 6 3 3H5l3-3zM10 12v5";
const BIN = "M4 6h12M8 6V4h4v2m-6.5 0 .7 11h7.6l.7-11";

/** Make an element. @param {string} name @param {Record<string, any>} [attributes] @param {...(Node | string)} children */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** Make an SVG from one path, drawn as lines. */
function icon(path) {
  const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Collects the commands of `outline` as the data of an SVG path. */
class PathWriter {
  text = "";
  beginPath() {
    this.text = "";
  }
  moveTo(x, y) {
    this.text += `M${x} ${y}`;
  }
  lineTo(x, y) {
    this.text += `L${x} ${y}`;
  }
  arc(x, y, r) {
    this.text += `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
  rect(x, y, w, h) {
    this.text += `M${x} ${y}h${w}v${h}h${-w}`;
  }
  closePath() {
    this.text += "Z";
  }
}

/** Return a shape as an SVG path. */
export function shapePath(shape, size, attributes) {
  const writer = new PathWriter(), path = document.createElementNS(SVG, "path");
  outline(writer, shape, 10, 10, size);
  path.setAttribute("d", writer.text);
  for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
  return path;
}

/** Return the badge of a device as on the map. */
export function badge(look, status) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const outer = { new: "o", fixed: "s", candidate: "D" }[status];
  svg.append(shapePath(outer, 8, { fill: look.colour, stroke: look.edge, "stroke-width": "1.2" }));
  svg.append(shapePath(look.shape, 3.4, { fill: "#fff" }));
  return svg;
}

export class Panel {
  /**
   * @param {import("./model.js").Model} model @param {import("./drawing.js").Drawing} drawing
   * @param {Record<string, (k: number) => void>} act what buttons do: select, toggleFixed, remove, budget, show
   */
  constructor(model, drawing, act) {
    Object.assign(this, { model, drawing, act, data: model.data, rows: [], cards: new Map() });
    this.total = model.ground.weight.reduce((a, b) => a + b, 0);
    this.hasWeights = model.data.demand.weight !== null;
    this.at = (id) => /** @type {any} */ (document.getElementById(id));
    this.at("weight-head").hidden = !this.hasWeights;
    this.budgets = new BudgetBlock(model, this.total, act.budget);
  }

  /** Show the plan as it is now; while a device is dragged only what changes with every frame. */
  show(isDragging = false) {
    this.showCards();
    this.showDevices();
    this.budgets.show();
    if (isDragging) return;
    this.showWorst();
    this.showZones();
  }

  showCards() {
    const { score, base } = this.model, { unit, objective } = this.data, was = base.score;
    const metres = (text) => (text === null ? "–" : length(text, unit));
    const span = (a, b) => (a === null || b === null ? "" : signed(length(Math.abs(a - b), unit), a - b));
    this.card("mean", "Mean distance", metres(score.mean), span(score.mean, was.mean), (was.mean ?? 0) - (score.mean ?? 0));
    this.card("max", "Farthest", metres(score.max), span(score.max, was.max), (was.max ?? 0) - (score.max ?? 0));
    score.coverage.forEach((cover, k) => {
      const change = cover.share - was.coverage[k].share;
      const text = signed(percent(Math.abs(change)), change).replace("%", "points");
      this.card(`cover${k}`, `Within ${shortLength(cover.radius, unit)}`, percent(cover.share), text, change, `${number(cover.points)} of ${number(this.model.ground.n)}`);
    });
    if (objective.kind === "p_center" && !objective.isWeighted) return;
    const change = score.value - was.value, gain = objective.sense === "min" ? -change : change;
    this.card("value", this.valueName(), objectiveValue(score.value, objective.unit, unit), this.relative(change, was.value), gain, "");
  }

  valueName() {
    const names = { k_means: "Squared distances", p_median: "Distance in all", p_center: "Farthest, weighted", max_cover: "Weight covered", set_cover: "New devices" };
    return names[this.data.objective.kind] ?? this.data.objective.kind;
  }

  relative(change, from) {
    return from ? signed(percent(Math.abs(change / from)).replace(/^100\.0/, "100"), change) : "";
  }

  card(key, title, big, delta, gain, note = "") {
    let known = this.cards.get(key);
    if (!known) {
      known = { big: element("div", { class: "big" }), delta: element("div", { class: "delta" }) };
      this.at("cards").append(element("div", { class: "card", "data-card": key }, element("h3", {}, title), known.big, known.delta));
      this.cards.set(key, known);
    }
    put(known.big, big);
    mark(known.delta, `delta${delta ? (gain > 0 ? " better" : " worse") : ""}`);
    put(known.delta, delta ? `${delta} ${gain > 0 ? "▼▲".charAt(delta[0] === "+" ? 1 : 0) : delta[0] === "+" ? "▲" : "▼"} ${gain > 0 ? "better" : "worse"}` : note || "as computed");
  }

  showDevices() {
    const { devices, score } = this.model, body = this.at("devices").tBodies[0];
    const shown = Math.min(devices.length, ROWS_SHOWN);
    while (this.rows.length > shown) this.rows.pop().row.remove();
    while (this.rows.length < shown) this.rows.push(this.makeRow(body, this.rows.length));
    for (let j = 0; j < shown; j++) this.fillRow(this.rows[j], devices[j], score.devices[j]);
  }

  makeRow(body, j) {
    const name = element("b"), select = element("button", { type: "button", class: "device" }, name);
    const fix = element("button", { type: "button" }, icon(PIN)), remove = element("button", { type: "button" }, icon(BIN));
    const cells = Array.from({ length: 4 }, () => element("td", { class: "num" }));
    cells[1].hidden = !this.hasWeights;
    const row = element("tr", {}, element("th", { scope: "row" }, select), ...cells, element("td", {}, element("div", { class: "icons" }, fix, remove)));
    select.addEventListener("click", () => this.act.select(j));
    fix.addEventListener("click", () => this.act.toggleFixed(j));
    remove.addEventListener("click", () => this.act.remove(j));
    fix.hidden = remove.hidden = !this.data.editable;
    body.append(row);
    return { row, name, select, fix, remove, cells, key: "" };
  }

  fillRow(row, device, score) {
    const key = `${device.look} ${device.status} ${device.id} ${this.drawing.isDark} ${this.model.devices.length > 1}`;
    if (key !== row.key) {
      row.key = key;
      row.select.replaceChildren(badge(this.drawing.look(device), device.status), row.name);
      row.name.textContent = device.id;
      row.select.title = device.id;
      const isFixed = device.status === "fixed";
      row.fix.setAttribute("aria-pressed", String(isFixed));
      row.fix.setAttribute("aria-label", `Fix ${device.id}`);
      row.fix.title = isFixed ? "Fixed: free it" : "Fix it where it stands";
      row.remove.setAttribute("aria-label", `Remove ${device.id}`);
      row.remove.title = "Remove";
      row.remove.disabled = this.model.devices.length < 2;
    }
    const limit = this.data.radii[0] ?? Infinity, { unit } = this.data;
    put(row.cells[0], number(score.points));
    put(row.cells[1], amount(score.weight));
    const told = (metres) => (metres === null ? "–" : figures(metres, unit));
    put(row.cells[2], told(score.mean));
    put(row.cells[3], told(score.max));
    mark(row.cells[3], score.max !== null && score.max > limit + 1e-9 ? "num over" : "num");
  }

  showWorst() {
    const { service, ids, devices } = this.model, { distance, device } = service, found = [];
    for (let i = 0; i < distance.length; i++) {
      if (distance[i] === Infinity || (found.length === WORST_SHOWN && distance[i] <= distance[found[WORST_SHOWN - 1]])) continue;
      found.push(i);
      found.sort((a, b) => distance[b] - distance[a] || a - b);
      found.length = Math.min(found.length, WORST_SHOWN);
    }
    this.at("worst").replaceChildren(
      ...found.map((i) => {
        const far = element("span", {}, `${length(distance[i], this.data.unit)}\u2002${devices[device[i]].id}`);
        const button = element("button", { type: "button" }, element("span", {}, ids[i]), far);
        button.addEventListener("click", () => this.act.show(i));
        return element("li", {}, button);
      }),
    );
  }

  showZones() {
    const { zones } = this.model;
    this.at("zones-block").hidden = !zones.length;
    this.at("zones").replaceChildren(
      ...zones.map((zone, k) => {
        const remove = element("button", { type: "button", class: "small", "aria-label": `Remove zone ${k + 1}` }, "Remove");
        remove.addEventListener("click", () => this.act.removeZone(k));
        return element("li", {}, `Zone ${k + 1}, ${zone.length / 2} corners`, remove);
      }),
    );
  }

  /** Say in one sentence how the plan stands. */
  sentence() {
    const { score, base } = this.model, { unit } = this.data;
    const change = score.mean === null || base.score.mean === null ? "" : signed(length(Math.abs(score.mean - base.score.mean), unit), score.mean - base.score.mean);
    const covers = score.coverage.map((cover) => `, ${percent(cover.share)} within ${shortLength(cover.radius, unit)}`).join("");
    return `Mean ${length(score.mean, unit)}${change ? ` (${change})` : ""}, farthest ${length(score.max, unit)}${covers}.`;
  }
}

/** Change a text only when it differs, and in place: a drag frame has no time for layout that changes nothing. */
function put(node, text) {
  const known = node.firstChild;
  if (!known) node.textContent = text;
  else if (known.data !== text) known.data = text;
}

/** Change a class only when it differs. */
function mark(node, name) {
  if (node.className !== name) node.className = name;
}
