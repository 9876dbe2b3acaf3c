/** The words around the map: what plan it is, what the page cannot do with it, what the marks mean. */
import { number, shortLength } from "./format.js";
import { element, shapePath } from "./panel.js";

const PROOFS = { optimal: "proven best", feasible: "best found", time_limit: "stopped at the time limit", interrupted: "stopped early" };

export class About {
  /** @param {any} data @param {import("./model.js").Model} model @param {import("./drawing.js").Drawing} drawing */
  constructor(data, model, drawing) {
    Object.assign(this, { data, model, drawing });
    this.at = (id) => /** @type {any} */ (document.getElementById(id));
    const { n } = model.ground;
    this.at("source").textContent = `${data.file} · ${data.objective.kind}: ${data.objective.meaning} · distances: ${data.distance} · ${data.crs ?? "local coordinates"} · placement ${data.version}`;
    this.at("notice").hidden = data.editable;
    this.at("notice").textContent = data.reason;
    for (const id of ["improve", "add", "yaml-all", "yaml-touched"]) this.at(id).disabled = !data.editable;
    for (const id of ["add", "forbid"]) /** @type {any} */ (document.querySelector(`[data-tool="${id}"]`)).disabled = !data.editable;
    if (n > 20000) this.at("search").placeholder = `Find one of ${number(n)}`;
  }

  /** Say what is planned and how good the computed plan of this budget is. */
  subtitle() {
    const { status, gap } = this.model.plan, count = this.model.devices.length;
    const proof = PROOFS[status] ?? status, isOpen = gap !== null && gap > 1e-6;
    const room = isOpen ? `, at most ${number(gap * 100, 1)}\u202f% from the best possible` : "";
    const words = this.model.isAsComputed ? `${proof}${room}` : "changed on this page";
    this.at("subtitle").textContent = `${number(this.model.ground.n)} demand points · ${number(count)} ${count === 1 ? "device" : "devices"} · ${words}`;
  }

  legend() {
    const { data, drawing } = this, items = [];
    const add = (words, ...shapes) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 20 20");
      svg.setAttribute("aria-hidden", "true");
      svg.append(...shapes);
      items.push(element("span", {}, svg, words));
    };
    const ink = { fill: "none", stroke: "currentColor", "stroke-width": "1.8" }, colours = drawing.colours;
    const statuses = new Set(this.model.devices.map((device) => device.status));
    const shapes = { new: ["o", "new device"], fixed: ["s", "fixed device"], candidate: ["D", "device on a site"] };
    for (const [status, [shape, words]] of Object.entries(shapes)) if (statuses.has(/** @type {any} */ (status))) add(words, shapePath(shape, 8, { ...ink, "stroke-width": "3" }));
    if (data.radii.length) add(`farther than ${shortLength(data.radii[0], data.unit)}`, shapePath("o", 5.5, ink));
    data.bands.edges.forEach((edge, k) => add(`${k ? "" : "within "}${shortLength(edge, data.unit)}`, shapePath("s", 9, { fill: colours.bands[k], stroke: colours.limit, "stroke-width": "0.6" })));
    add("served worst", shapePath("o", 8, ink));
    this.at("legend").replaceChildren(...items);
  }
}
