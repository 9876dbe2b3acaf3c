/** Fingers, mouse and keys on the map: what they point at, and the tool that is in hand. */
import { length } from "./format.js";

const NEAR_PIXELS = 16;
const STEP_PIXELS = 4;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const HINTS = {
  add: "Click where the device goes",
  forbid: "Click the corners; Enter or a double click closes the zone",
  measure: "Click two places",
};

export class Pointing {
  /** @param {any} page the page: model, view, drawing, and what can be done */
  constructor(page) {
    Object.assign(this, { page, model: page.model, view: page.view, tool: "move", sketch: [], measured: [], crosshair: null, fingers: new Map() });
    this.map = document.getElementById("map");
    this.canvas = document.getElementById("canvas");
    this.tip = document.getElementById("tip");
    this.hint = document.getElementById("hint");
    this.handles = [];
    /** Where each handle was put last. @type {string[]} */
    this.places = [];
    this.grabbed = null;
    this.listen();
  }

  listen() {
    const on = (name, use) => this.canvas.addEventListener(name, use, { passive: false });
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.moved(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.fingers.delete(event.pointerId));
    on("pointerleave", () => this.look(-1));
    on("dblclick", () => this.closeZone());
    on("wheel", (event) => {
      event.preventDefault();
      const at = this.at(event);
      this.view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), at.sx, at.sy);
      this.page.redraw();
    });
    on("keydown", (event) => this.key(event));
    on("blur", () => {
      this.crosshair = null;
      this.page.redraw();
    });
  }

  /** Return where an event is: on the map's pixels and in metres. */
  at(event) {
    const box = this.canvas.getBoundingClientRect(), sx = event.clientX - box.left, sy = event.clientY - box.top;
    return { sx, sy, ...this.view.place(sx, sy) };
  }

  /** What the drawing shows of the tool. */
  get extra() {
    const far = this.measured.length === 1 && this.pointer ? [this.measured[0], this.pointer] : this.measured;
    const open = this.sketch.length && this.pointer && !this.crosshair ? [...this.sketch, this.pointer] : this.sketch;
    return { crosshair: this.crosshair, sketch: open, measure: far };
  }

  choose(tool) {
    Object.assign(this, { tool, sketch: [], measured: [] });
    this.map.dataset.tool = tool;
    for (const button of document.querySelectorAll("[data-tool]")) {
      if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.getAttribute("data-tool") === tool));
    }
    this.showHint();
    this.page.redraw();
  }

  /** Say what the tool in hand waits for. */
  showHint() {
    this.hint.hidden = !HINTS[this.tool];
    this.hint.textContent = HINTS[this.tool] ?? "";
  }

  down(event) {
    if (event.button > 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, this.at(event));
    this.travelled = 0;
  }

  moved(event) {
    const now = this.at(event), before = this.fingers.get(event.pointerId);
    this.pointer = now;
    if (before) {
      this.drift(event.pointerId, before, now);
    } else if (this.tool === "move") {
      this.look(this.nearest(now), now);
      return;
    }
    this.page.redraw();
  }

  /** Move the map under one finger, zoom it between two. */
  drift(id, before, now) {
    this.travelled += Math.hypot(now.sx - before.sx, now.sy - before.sy);
    const others = [...this.fingers.entries()].filter(([key]) => key !== id);
    this.view.pan((now.sx - before.sx) / (others.length + 1), (now.sy - before.sy) / (others.length + 1));
    if (others.length === 1) {
      const other = others[0][1], apart = (a) => Math.max(20, Math.hypot(a.sx - other.sx, a.sy - other.sy));
      this.view.zoom(apart(now) / apart(before), (now.sx + other.sx) / 2, (now.sy + other.sy) / 2);
    }
    this.fingers.set(id, now);
  }

  up(event) {
    const wasAlone = this.fingers.size === 1;
    this.fingers.delete(event.pointerId);
    if (wasAlone && this.travelled < 6) this.use(this.at(event));
  }

  /** Use the tool at a place. */
  use(place) {
    if (this.tool === "add") {
      this.page.add(place.x, place.y);
      this.choose("move");
    } else if (this.tool === "forbid") {
      const first = this.sketch[0];
      const closes = this.sketch.length > 2 && Math.hypot(place.x - first.x, place.y - first.y) * this.view.scale < 12;
      if (closes) this.closeZone();
      else this.sketch = [...this.sketch, { x: place.x, y: place.y }];
    } else if (this.tool === "measure") {
      this.measured = this.measured.length === 1 ? [this.measured[0], { x: place.x, y: place.y }] : [{ x: place.x, y: place.y }];
      if (this.measured.length === 2) {
        const [a, b] = this.measured;
        this.page.say(`${length(Math.hypot(a.x - b.x, a.y - b.y), this.page.data.unit)} apart`);
      }
    } else {
      this.look(this.nearest(place), place, true);
    }
    this.page.redraw();
  }

  closeZone() {
    if (this.tool !== "forbid" || !this.sketch.length) return;
    // A double click sets its corner twice.
    const corners = this.sketch.filter((place, k) => k === 0 || Math.hypot(place.x - this.sketch[k - 1].x, place.y - this.sketch[k - 1].y) * this.view.scale > 3);
    if (corners.length < 3) return;
    this.choose("move");
    this.page.forbid(corners.flatMap(({ x, y }) => [x, y]));
  }

  /** Return the demand point under a place; -1 for none. */
  nearest(place) {
    const { x, y, n } = this.model.ground, reach = NEAR_PIXELS / this.view.scale;
    let best = -1, least = reach * reach;
    for (let i = 0; i < n; i++) {
      const far = (x[i] - place.x) ** 2 + (y[i] - place.y) ** 2;
      if (far < least) {
        least = far;
        best = i;
      }
    }
    return best;
  }

  /** Tell who a demand point is, beside it; -1 for nobody. */
  look(i, _place = null, isAloud = false) {
    const { drawing, model, data } = this.page;
    if (i === drawing.marked && !isAloud) return;
    drawing.marked = i;
    this.tip.hidden = i < 0;
    if (i >= 0) {
      const name = document.createElement("b"), weight = model.ground.weight[i];
      name.textContent = model.ids[i];
      const words = this.page.served(i);
      this.tip.replaceChildren(name, words, ...(data.demand.weight ? [document.createElement("br"), `weight ${weight}`] : []));
      this.place();
      if (isAloud) this.page.say(`${model.ids[i]}: ${words}`);
    }
    this.page.redraw();
  }

  /** Put the tip beside its point, inside the map. */
  place() {
    const i = this.page.drawing.marked;
    if (i < 0) return;
    const x = this.view.x(this.model.ground.x[i]), y = this.view.y(this.model.ground.y[i]);
    const wide = this.tip.offsetWidth, high = this.tip.offsetHeight;
    const left = Math.max(6, Math.min(this.view.width - wide - 6, x + 14)), top = y - high - 12 < 6 ? y + 14 : y - high - 12;
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** Keys while the map itself has the focus: a cross instead of a mouse. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key], at = this.crosshair ?? { ...this.view.middleOfScreen() };
    if (arrow) {
      const step = ((event.shiftKey ? 10 : 1) * 2 * STEP_PIXELS) / this.view.scale;
      this.crosshair = this.crosshair ? { x: at.x + arrow[0] * step, y: at.y + arrow[1] * step } : at;
      this.keepInView();
    } else if (event.key === "Enter" || event.key === " ") {
      if (this.tool === "forbid" && event.key === "Enter" && this.sketch.length > 2 && this.isAtLastCorner(at)) this.closeZone();
      else this.use(at);
    } else if (event.key === "Escape") {
      this.choose("move");
      this.look(-1);
      this.crosshair = null;
    } else if (event.key === "+" || event.key === "=") this.page.zoom(1.4);
    else if (event.key === "-") this.page.zoom(1 / 1.4);
    else if (event.key === "0") this.page.fit();
    else if (event.key === "a" || event.key === "A") this.page.addWorst();
    else return;
    event.preventDefault();
    this.page.redraw();
  }

  isAtLastCorner(at) {
    const last = this.sketch[this.sketch.length - 1];
    return Math.hypot(at.x - last.x, at.y - last.y) * this.view.scale < 3;
  }

  keepInView() {
    const sx = this.view.x(this.crosshair.x), sy = this.view.y(this.crosshair.y), edge = 20;
    this.view.pan(
      Math.max(0, edge - sx) - Math.max(0, sx - this.view.width + edge),
      Math.max(0, edge - sy) - Math.max(0, sy - this.view.height + edge),
    );
  }

  /** Keep one button over each device: it is what is dragged, focused and read aloud. */
  showHandles() {
    const group = document.getElementById("handles"), { devices } = this.model;
    this.places.length = Math.min(this.places.length, devices.length);
    while (this.handles.length > devices.length) this.handles.pop().remove();
    while (this.handles.length < devices.length) {
      const made = this.makeHandle(this.handles.length);
      this.handles.push(made);
      group.append(made);
    }
    devices.forEach((device, j) => {
      const handle = this.handles[j];
      const at = `translate(${this.view.x(device.x)}px, ${this.view.y(device.y)}px)`;
      if (this.places[j] !== at) handle.style.transform = this.places[j] = at;
      if (handle.dataset.fixed !== String(device.status === "fixed")) handle.dataset.fixed = String(device.status === "fixed");
    });
  }

  /** Say at each handle what its device does; not while it is dragged. */
  nameHandles() {
    this.model.devices.forEach((device, j) => {
      const { points, mean, max } = this.model.score.devices[j], { unit } = this.page.data;
      const serves = points ? `serves ${points}, mean ${length(mean, unit)}, farthest ${length(max, unit)}` : "serves nobody";
      this.handles[j].setAttribute("aria-label", `${device.id}, ${device.status}, ${serves}`);
      this.handles[j].title = `${device.id} ${serves}`;
    });
  }

  makeHandle(j) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight ArrowUp ArrowDown Delete F A");
    handle.addEventListener("pointerdown", (event) => this.grab(event, j));
    handle.addEventListener("pointermove", (event) => this.drag(event));
    handle.addEventListener("pointerup", () => this.release());
    handle.addEventListener("pointercancel", () => this.release());
    handle.addEventListener("keydown", (event) => this.nudge(event, j));
    handle.addEventListener("focus", () => this.reveal(j));
    return handle;
  }

  reveal(j) {
    const device = this.model.devices[j], sx = this.view.x(device.x), sy = this.view.y(device.y);
    const isSeen = sx > 0 && sy > 0 && sx < this.view.width && sy < this.view.height;
    if (!isSeen) {
      this.view.centre(device.x, device.y);
      this.page.redraw();
    }
  }

  grab(event, j) {
    if (event.button > 0) return;
    const device = this.model.devices[j];
    if (!this.page.data.editable) return;
    if (device.status === "fixed") {
      this.page.flash(`${device.id} is fixed; press F or the pin to free it`);
      return;
    }
    event.target.setPointerCapture(event.pointerId);
    const at = this.at(event);
    this.look(-1);
    this.model.remember();
    this.grabbed = { j, dx: device.x - at.x, dy: device.y - at.y, hasMoved: false };
  }

  drag(event) {
    if (!this.grabbed) return;
    const at = this.at(event);
    this.grabbed.to = { x: at.x + this.grabbed.dx, y: at.y + this.grabbed.dy };
    this.page.frame(() => this.follow());
  }

  follow() {
    const { grabbed } = this;
    if (!grabbed?.to) return;
    grabbed.hasMoved = this.model.move(grabbed.j, grabbed.to.x, grabbed.to.y) || grabbed.hasMoved;
    grabbed.to = null;
    this.page.show(true);
  }

  release() {
    if (!this.grabbed) return;
    this.follow();
    const { hasMoved, j } = this.grabbed;
    this.grabbed = null;
    if (!hasMoved) this.model.forget();
    this.page.show();
    if (hasMoved) this.page.say(`${this.model.devices[j].id} moved. ${this.page.panel.sentence()}`);
  }

  /** Keys while a device has the focus. */
  nudge(event, j) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key], { page } = this;
    if (arrow) page.nudge(j, arrow[0], arrow[1], event.shiftKey ? 10 : 1, event.repeat);
    else if (event.key === "Delete" || event.key === "Backspace") page.remove(j, true);
    else if (event.key === "f" || event.key === "F") page.toggleFixed(j);
    else if (event.key === "a" || event.key === "A") page.addWorst();
    else return;
    event.preventDefault();
  }
}
