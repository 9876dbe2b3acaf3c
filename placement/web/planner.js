/**
 * The planner page: a computed plan to play with. Everything is in this file; nothing is asked of any server.
 *
 * model.js holds the plan, scoring.js its numbers, improve.js the search (improving.js its pace), drawing.js the picture (view.js where, looks.js how), panel.js the tables
 * (budget.js the slider, chart.js the elbow), about.js the words around them, scheme.js light, dark and paper, pointing.js mouse, fingers and keys,
 * files.js what is taken away. This module connects them.
 */
import { About } from "./about.js";
import { budgetName } from "./budget.js";
import { Drawing } from "./drawing.js";
import { devicesCsv, isKept, scenarioYaml } from "./files.js";
import { length, number } from "./format.js";
import { Improving } from "./improving.js";
import { Model } from "./model.js";
import { Panel, element } from "./panel.js";
import { Pointing } from "./pointing.js";
import { Scheme } from "./scheme.js";
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
    this.about = new About(data, this.model, this.drawing);
    this.scheme = new Scheme(this);
    this.improving = new Improving(this);
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
    this.about.subtitle();
    this.pointing.nameHandles();
    byId("undo").disabled = !this.model.past.length;
    byId("redo").disabled = !this.model.future.length;
    byId("reset").disabled = !this.model.isChanged || !this.data.editable;
    const { base, devices } = this.model, count = base.devices.length;
    const text = `Compared with the computed plan of ${number(count)} ${count === 1 ? "device" : "devices"}`;
    byId("compared").textContent = devices.length === count ? `${text}.` : `${text}; this one has ${number(devices.length)}.`;
    const planned = devices.filter((device) => !device.isGiven);
    byId("yaml-touched").disabled = !this.data.editable || planned.every(isKept) || !planned.some(isKept);
    this.afterShow?.();
  }

  resize() {
    const box = byId("map").getBoundingClientRect(), ratio = Math.min(2, window.devicePixelRatio || 1);
    if (!box.width || !box.height || this.scheme.isPrinting) return;
    if (this.view.fitted) this.view.resize(box.width, box.height);
    const isWhole = !this.view.fitted || this.view.scale === this.view.fitted;
    if (isWhole) this.view.fit(box.width, box.height);
    this.canvas.width = Math.round(box.width * ratio);
    this.canvas.height = Math.round(box.height * ratio);
    this.paint();
  }

  buttons() {
    const on = (id, use) => byId(id).addEventListener("click", use);
    on("undo", () => this.step("undo"));
    on("redo", () => this.step("redo"));
    on("reset", () => this.changed(() => this.model.reset(), "Back to the computed plan"));
    on("improve", () => this.improving.toggle());
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
    this.about.legend();
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
    this.changed(() => this.model.takeBudget(k), `Computed plan of ${budgetName(this.data, this.data.budgets[k])}`);
    this.about.legend();
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
    if (service.distance[i] === Infinity) return "no device serves it";
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
    const text = scenarioYaml(this.data, this.model.devices, this.model.zones, { keep, money: this.model.plan.money });
    this.save(`${name}.yaml`, "application/yaml", text);
  }

  savePicture() {
    const picture = document.createElement("canvas"), ratio = 2;
    picture.width = Math.round(this.view.width * ratio);
    picture.height = Math.round(this.view.height * ratio);
    this.drawing.draw({}, picture, ratio);
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
    this.note(words);
    this.fading = setTimeout(() => this.pointing.showHint(), 3500);
  }

  /** Show something over the map until something else is shown. */
  note(words) {
    clearTimeout(this.fading);
    const hint = byId("hint");
    if (hint.textContent !== words) hint.textContent = words;
    hint.hidden = false;
  }
}

/** Open the page in this document. @param {any} data @returns {Page} */
export function open(data) {
  return new Page(data);
}
