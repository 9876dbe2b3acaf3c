/**
 * The planner page: a computed plan to play with. Everything is in this file; nothing is asked of any server.
 *
 * model.js holds the plan, scoring.js its numbers, improve.js the search, drawing.js the picture (view.js where, looks.js how), panel.js the tables,
 * pointing.js mouse, fingers and keys, files.js what is taken away. This module connects them.
 */
import { Drawing } from "./drawing.js";
import { devicesCsv, isKept, scenarioYaml } from "./files.js";
import { length, number, shortLength } from "./format.js";
import { Model } from "./model.js";
import { Panel, element, shapePath } from "./panel.js";
import { Pointing } from "./pointing.js";
import { searchBox } from "./search.js";
import { View } from "./view.js";

const byId = (id) => /** @type {any} */ (document.getElementById(id));

class Page {
  /** @param {any} data */
  constructor(data) {
    this.data = data;
    this.model = new Model(data);
    this.view = new View(data.extent);
    this.canvas = byId("canvas");
    this.drawing = new Drawing(this.canvas, this.model, this.view);
    this.panel = new Panel(this.model, this.drawing, {
      select: (j) => this.pointing.handles[j].focus(),
      toggleFixed: (j) => this.toggleFixed(j),
      remove: (j) => this.remove(j, false),
      removeZone: (k) => this.removeZone(k),
      budget: (k) => this.takeBudget(k),
      show: (i) => this.showPoint(i),
    });
    this.pointing = new Pointing(this);
    const [west, south, east, north] = data.extent;
    this.shape = Math.min(2.2, Math.max(0.8, (east - west) / (north - south)));
    document.documentElement.style.setProperty("--shape", String(this.shape));
    this.tellAbout();
    this.followScheme();
    this.buttons();
    searchBox(this.model.ids, (i) => this.showPoint(i));
    this.layers();
    new ResizeObserver(() => this.resize()).observe(byId("map"));
    this.resize();
    this.show();
  }

  /** Run `use` once with the next picture. */
  frame(use) {
    if (this.pending) {
      this.pending = use;
      return;
    }
    this.pending = use;
    requestAnimationFrame(() => {
      const now = this.pending;
      this.pending = null;
      now();
    });
  }

  redraw() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.paint();
    });
  }

  paint() {
    this.drawing.draw(this.pointing.extra);
    this.pointing.showHandles();
    this.pointing.place();
  }

  /** Show the plan as it is now. */
  show(isDragging = false) {
    this.paint();
    this.panel.show(isDragging);
    if (isDragging) return;
    this.pointing.nameHandles();
    byId("undo").disabled = !this.model.past.length;
    byId("redo").disabled = !this.model.future.length;
    byId("reset").disabled = !this.model.isChanged || !this.data.editable;
    const { base, devices } = this.model, count = base.devices.length;
    const text = `Compared with the computed plan of ${number(count)} ${count === 1 ? "device" : "devices"}`;
    byId("compared").textContent = devices.length === count ? `${text}.` : `${text}; this one has ${number(devices.length)}.`;
    const planned = devices.filter((device) => !device.isGiven);
    byId("yaml-touched").disabled = !this.data.editable || planned.every(isKept) || !planned.some(isKept);
  }

  resize() {
    const box = byId("map").getBoundingClientRect(), ratio = Math.min(2, window.devicePixelRatio || 1);
    if (!box.width || !box.height || this.isPrinting) return;
    if (this.view.fitted) this.view.resize(box.width, box.height);
    const isWhole = !this.view.fitted || this.view.scale === this.view.fitted;
    if (isWhole) this.view.fit(box.width, box.height);
    this.canvas.width = Math.round(box.width * ratio);
    this.canvas.height = Math.round(box.height * ratio);
    this.paint();
  }

  /** Titles, notices, legend. */
  tellAbout() {
    const { data } = this, { n } = this.model.ground;
    const proof = { optimal: "proven best", feasible: "best found", time_limit: "stopped at the time limit", interrupted: "stopped early" }[data.status] ?? data.status;
    const gap = data.objective.gap > 1e-6 ? `, at most ${number(data.objective.gap * 100, 1)}\u202f% from the best possible` : "";
    byId("subtitle").textContent = `${number(n)} demand points · ${number(this.model.devices.length)} devices · ${proof}${gap}`;
    byId("source").textContent = `${data.file} · ${data.objective.kind}: ${data.objective.meaning} · distances: ${data.distance} · ${data.crs ?? "local coordinates"} · placement ${data.version}`;
    byId("notice").hidden = data.editable;
    byId("notice").textContent = data.editable ? "" : data.reason;
    for (const id of ["improve", "add", "yaml-all", "yaml-touched"]) byId(id).disabled = !data.editable;
    for (const id of ["add", "forbid"]) document.querySelector(`[data-tool="${id}"]`).disabled = !data.editable;
    if (n > 20000) byId("search").placeholder = `Find one of ${number(n)}`;
    this.legend();
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
    byId("legend").replaceChildren(...items);
  }

  followScheme() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const take = (isDark) => {
      this.drawing.isDark = isDark;
      this.drawing.points.sprites.clear();
      this.legend();
    };
    take(dark.matches);
    dark.addEventListener("change", () => {
      take(dark.matches);
      this.show();
    });
    window.addEventListener("beforeprint", () => this.forPaper(take));
    window.addEventListener("afterprint", () => {
      this.isPrinting = this.drawing.isOnPaper = false;
      take(dark.matches);
      document.documentElement.style.setProperty("--shape", String(this.shape));
      this.view.fitted = 0;
      this.resize();
      this.show();
    });
  }

  /** Draw for paper: light, whole, sharp. */
  forPaper(take) {
    this.isPrinting = this.drawing.isOnPaper = true;
    take(false);
    // A tall map would leave no room for the numbers on the first page.
    const shape = Math.max(1.1, this.shape);
    document.documentElement.style.setProperty("--shape", String(shape));
    this.view.fit(760, 760 / shape);
    this.canvas.width = 760 * 2.5;
    this.canvas.height = Math.round((760 / shape) * 2.5);
    this.show();
  }

  buttons() {
    const on = (id, use) => byId(id).addEventListener("click", use);
    on("undo", () => this.step("undo"));
    on("redo", () => this.step("redo"));
    on("reset", () => this.changed(() => this.model.reset(), "Back to the computed plan"));
    on("improve", () => this.improve());
    on("add", () => this.addWorst());
    on("zoom-in", () => this.zoom(1.5));
    on("zoom-out", () => this.zoom(1 / 1.5));
    on("fit", () => this.fit());
    on("print", () => window.print());
    on("png", () => this.savePicture());
    on("csv", () => this.save("devices.csv", "text/csv", devicesCsv(this.data, this.model.devices, this.model.score)));
    on("yaml-all", () => this.saveYaml("all", "planned"));
    on("yaml-touched", () => this.saveYaml("touched", "kept"));
    byId("budget").addEventListener("input", (event) => this.takeBudget(Number(event.target.value)));
    for (const button of document.querySelectorAll("button[data-tool]")) {
      button.addEventListener("click", () => this.pointing.choose(button.getAttribute("data-tool")));
    }
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerdown", (event) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
    });
    byId("download").querySelector(".sheet").addEventListener("click", () => byId("download").removeAttribute("open"));
  }

  key(event) {
    const menu = /** @type {any} */ (document.querySelector("details.menu[open]"));
    if (event.key === "Escape" && menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
      return;
    }
    const isText = /** @type {any} */ (event.target).matches?.("input:not([type=range]):not([type=checkbox])");
    if (!(event.ctrlKey || event.metaKey) || isText) return;
    const letter = event.key.toLowerCase();
    if (letter === "z") this.step(event.shiftKey ? "redo" : "undo");
    else if (letter === "y") this.step("redo");
    else return;
    event.preventDefault();
  }

  step(word) {
    if (!this.model[word]()) return;
    this.show();
    this.say(`${word === "undo" ? "Undone" : "Redone"}. ${this.panel.sentence()}`);
  }

  /** Do something to the plan, show it and say it. */
  changed(use, words) {
    const result = use();
    this.pointing.look(-1);
    this.show();
    this.say(`${words}. ${this.panel.sentence()}`);
    return result;
  }

  add(x, y) {
    if (!this.data.editable) return;
    const j = this.model.add(x, y);
    if (j < 0) {
      this.flash("Every candidate site has a device already");
      return;
    }
    this.changed(() => 0, `${this.model.devices[j].id} added`);
    this.pointing.handles[j].focus();
  }

  /** Add a device where people are served worst. */
  addWorst() {
    const { score, ground } = this.model, i = Math.max(0, score.worst);
    this.add(ground.x[i], ground.y[i]);
  }

  remove(j, isByKey) {
    if (!this.data.editable) return;
    const { id } = this.model.devices[j];
    if (!this.model.remove(j)) {
      this.flash("The last device stays");
      return;
    }
    this.changed(() => 0, `${id} removed`);
    const last = this.model.devices.length - 1;
    if (isByKey) this.pointing.handles[Math.min(j, last)].focus();
  }

  toggleFixed(j) {
    if (!this.data.editable) return;
    this.model.toggleFixed(j);
    const { id, status } = this.model.devices[j];
    this.changed(() => 0, `${id} is ${status === "fixed" ? "fixed" : "free to move"}`);
    this.legend();
  }

  nudge(j, dx, dy, times, isRepeat) {
    const device = this.model.devices[j];
    if (!this.data.editable) return;
    if (device.status === "fixed") {
      this.flash(`${device.id} is fixed; press F to free it`);
      return;
    }
    // A key that is held down is one step back, not a hundred.
    if (!isRepeat) this.model.remember();
    const site = this.model.sites && this.model.siteTowards(j, dx, dy), step = (4 * times) / this.view.scale;
    const to = site ?? { x: device.x + dx * step, y: device.y + dy * step };
    const moved = (this.model.sites && !site ? false : true) && this.model.move(j, to.x, to.y);
    if (!moved && !isRepeat) this.model.forget();
    this.pointing.reveal(j);
    this.show();
    if (moved) this.say(`${device.id} moved. ${this.panel.sentence()}`);
    else this.flash(`${device.id} can go no farther that way`);
  }

  forbid(zone) {
    this.changed(() => this.model.forbid(zone), "Zone forbidden");
  }

  removeZone(k) {
    this.model.remember();
    this.model.zones = this.model.zones.filter((_, other) => other !== k);
    this.changed(() => 0, "Zone removed");
  }

  takeBudget(k) {
    if (k === this.model.budget && !this.model.isChanged) return;
    this.changed(() => this.model.takeBudget(k), `Computed plan of ${this.data.budgets[k].nNew} new devices`);
    this.legend();
  }

  improve() {
    byId("improve").disabled = true;
    this.flash("Improving …");
    // Let the words be seen before the work begins.
    setTimeout(() => {
      const { moved } = this.model.improve();
      byId("improve").disabled = false;
      this.show();
      const words = moved ? `Improved. ${this.panel.sentence()}` : "No single move makes this plan better";
      this.flash(words);
    }, 30);
  }

  zoom(factor) {
    this.view.zoom(factor);
    this.redraw();
  }

  fit() {
    this.view.fit(this.view.width, this.view.height);
    this.redraw();
  }

  /** Say who serves a demand point. */
  served(i) {
    const { service, devices } = this.model;
    if (service.distance[i] === Infinity) return "no device can reach it";
    return `${devices[service.device[i]].id} at ${length(service.distance[i], this.data.unit)}`;
  }

  showPoint(i) {
    const { ground } = this.model;
    const sx = this.view.x(ground.x[i]), sy = this.view.y(ground.y[i]);
    if (sx < 30 || sy < 30 || sx > this.view.width - 30 || sy > this.view.height - 30) this.view.centre(ground.x[i], ground.y[i]);
    this.pointing.look(i, null, true);
  }

  layers() {
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-layer]"))) {
      const name = box.dataset.layer ?? "";
      box.checked = this.drawing.layers[name];
      box.parentElement.hidden = (name === "sites" && !this.model.sites) || (name === "walls" && !this.data.floor);
      box.addEventListener("change", () => {
        this.drawing.layers[name] = box.checked;
        this.redraw();
      });
    }
  }

  save(name, type, content) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
    element("a", { href: address, download: `${this.data.stem}.${name}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.say(`${this.data.stem}.${name} saved`);
  }

  saveYaml(keep, name) {
    const text = scenarioYaml(this.data, this.model.devices, this.model.zones, { keep });
    this.save(`${name}.yaml`, "application/yaml", text);
  }

  savePicture() {
    const picture = document.createElement("canvas"), ratio = 2;
    picture.width = Math.round(this.view.width * ratio);
    picture.height = Math.round(this.view.height * ratio);
    this.drawing.points.sprites.clear();
    this.drawing.draw({}, picture, ratio);
    this.drawing.points.sprites.clear();
    picture.toBlob((blob) => blob && this.save("map.png", "image/png", blob));
    this.redraw();
  }

  /** Say something to those who listen. */
  say(words) {
    byId("live").textContent = words;
  }

  /** Say something to those who look as well, for a moment. */
  flash(words) {
    this.say(words);
    const hint = byId("hint");
    hint.textContent = words;
    hint.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.pointing.showHint(), 3500);
  }
}

/** Open the page in this document. @param {any} data @returns {Page} */
export function open(data) {
  return new Page(data);
}
