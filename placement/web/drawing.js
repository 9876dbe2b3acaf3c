/** The picture: floor, bands of distance, desks, links, devices and drawn zones on one canvas, in metres. */
import { roundStep, shortLength } from "./format.js";
import { DARK, LIGHT, hatchTile, lighter, outline } from "./looks.js";
import { NOBODY, PointLayer } from "./points.js";

export class Drawing {
  /** @param {HTMLCanvasElement} canvas @param {import("./model.js").Model} model @param {import("./view.js").View} view */
  constructor(canvas, model, view) {
    Object.assign(this, { canvas, model, view });
    this.data = model.data;
    this.layers = { coverage: true, links: model.ground.n <= 400, walls: true, labels: true, desks: true, sites: true };
    this.isDark = false;
    this.isOnPaper = false;
    this.marked = -1;
    this.tiles = new Map();
    this.points = new PointLayer(this);
    this.paths = this.readPaths();
  }

  get colours() {
    return this.isDark ? DARK : LIGHT;
  }

  readPaths() {
    const { floor, forbidden, area } = this.data, m = this.view.middle;
    const path = (rings, isClosed = true) => {
      const made = new Path2D();
      for (const ring of rings) {
        made.moveTo(ring[0] - m.x, ring[1] - m.y);
        for (let k = 2; k < ring.length; k += 2) made.lineTo(ring[k] - m.x, ring[k + 1] - m.y);
        if (isClosed) made.closePath();
      }
      return made;
    };
    // Without a floor on plain coordinates all that is seen is to be served.
    const lines = { area: area && path(area), forbidden: path(forbidden) };
    if (!floor) return lines;
    return {
      ...lines, walls: path(floor.walls), voids: path(floor.voids), doors: path(floor.doors, false),
      windows: path(floor.windows, false), floor: path(floor.floor),
    };
  }

  /** Draw everything. @param {{crosshair?: any, sketch?: any, measure?: any}} [extra] what the tools show */
  draw(extra = {}, target = this.canvas, ratio = target.width / this.view.width) {
    const c = /** @type {CanvasRenderingContext2D} */ (target.getContext("2d"));
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = this.isOnPaper ? this.colours.paper : this.colours.outside;
    c.fillRect(0, 0, this.view.width, this.view.height);
    this.ratio = ratio;
    this.drawGround(c);
    if (this.layers.walls) this.drawFloor(c);
    this.drawZones(c);
    if (this.layers.labels) this.drawRooms(c);
    if (this.layers.links) this.drawLinks(c);
    if (this.layers.sites) this.drawSites(c);
    if (this.layers.desks) this.points.draw(c);
    this.drawMarked(c);
    this.drawDevices(c);
    this.drawExtra(c, extra);
    this.drawScaleBar(c);
  }

  /** Work in metres around the middle while `use` draws. */
  inMetres(c, use) {
    const { scale, left, top } = this.view;
    c.save();
    c.transform(scale, 0, 0, -scale, left, top);
    use(1 / scale);
    c.restore();
  }

  /** The area that is to be served, and how far it is to a device, in bands; what fails is grey and hatched. */
  drawGround(c) {
    const { area } = this.paths, colours = this.colours, { edges, isRequired } = this.data.bands;
    const shows = this.layers.coverage && edges.length > 0;
    this.inMetres(c, (pixel) => {
      c.fillStyle = !shows ? colours.paper : isRequired ? colours.beyond : colours.bands[edges.length];
      c.fill(area ?? this.everything(), "evenodd");
      if (!shows) return;
      if (area) c.clip(area, "evenodd");
      if (isRequired) this.hatch(c, colours.beyondLine, 7);
      for (let k = edges.length - 1; k >= 0; k--) {
        const isLimit = isRequired && k === edges.length - 1;
        // The edge of the union of discs is what a slightly larger union leaves: far cheaper than drawing its line.
        c.fillStyle = isLimit ? colours.limit : colours.soft;
        c.fill(this.discs(edges[k] + (isLimit ? 1.5 : 0.8) * pixel));
        c.fillStyle = colours.bands[k];
        c.fill(this.discs(edges[k]));
      }
    });
  }

  /** Return the discs of a radius [m] around all devices. */
  discs(radius) {
    const made = new Path2D(), m = this.view.middle;
    for (const { x, y } of this.model.devices) {
      made.moveTo(x - m.x + radius, y - m.y);
      made.arc(x - m.x, y - m.y, radius, 0, 2 * Math.PI);
    }
    return made;
  }

  /** Return the path around all that is seen. */
  everything() {
    const { view } = this, a = view.place(0, view.height), b = view.place(view.width, 0), path = new Path2D();
    path.rect(a.x - view.middle.x, a.y - view.middle.y, b.x - a.x, b.y - a.y);
    return path;
  }

  /** Fill the current clip with lines at 45 degrees, a tile for each pixel of `step`. */
  hatch(c, colour, step) {
    const key = `${colour} ${step} ${this.ratio}`;
    if (!this.tiles.has(key)) this.tiles.set(key, hatchTile(colour, Math.round(step * this.ratio), this.ratio));
    c.save();
    c.resetTransform();
    c.fillStyle = c.createPattern(this.tiles.get(key), "repeat");
    c.fillRect(0, 0, this.view.width * this.ratio, this.view.height * this.ratio);
    c.restore();
  }

  drawFloor(c) {
    const { walls, voids, doors, windows } = this.paths, colours = this.colours;
    if (!walls) return;
    this.inMetres(c, (pixel) => {
      c.fillStyle = colours.voidFill;
      c.fill(voids, "evenodd");
      c.save();
      c.clip(voids, "evenodd");
      this.hatch(c, colours.voidLine, 6);
      c.restore();
      c.fillStyle = colours.wall;
      c.fill(walls, "evenodd");
      const line = (path, colour, width) => {
        c.strokeStyle = colour;
        c.lineWidth = width * pixel;
        c.stroke(path);
      };
      line(windows, colours.window, 1);
      line(doors, colours.door, 0.8);
    });
  }

  drawZones(c) {
    const m = this.view.middle, drawn = new Path2D();
    for (const zone of this.model.zones) {
      drawn.moveTo(zone[0] - m.x, zone[1] - m.y);
      for (let k = 2; k < zone.length; k += 2) drawn.lineTo(zone[k] - m.x, zone[k + 1] - m.y);
      drawn.closePath();
    }
    this.inMetres(c, (pixel) => {
      for (const path of [this.paths.forbidden, drawn]) {
        c.save();
        c.globalAlpha = 0.1;
        c.fillStyle = this.colours.forbidden;
        c.fill(path, "evenodd");
        c.globalAlpha = 1;
        c.save();
        c.clip(path, "evenodd");
        c.globalAlpha = 0.55;
        this.hatch(c, this.colours.forbidden, 7);
        c.restore();
        c.strokeStyle = this.colours.forbidden;
        c.lineWidth = 1.2 * pixel;
        c.stroke(path);
        c.restore();
      }
    });
  }

  drawRooms(c) {
    for (const room of this.data.floor?.rooms ?? []) {
      const size = room.width * this.view.scale;
      if (size < 70) continue;
      c.font = "500 11px system-ui, sans-serif";
      const wide = c.measureText(room.name).width, x = this.view.x(room.x), y = this.view.y(room.y);
      const isUnder = (device) => Math.abs(this.view.y(device.y) - y) < 20 && this.view.x(device.x) - x < wide / 2 + 16 && x - this.view.x(device.x) < wide / 2 + 40;
      if (wide > size - 8 || this.model.devices.some(isUnder)) continue;
      c.textAlign = "center";
      this.text(c, room.name, x, y, this.colours.faint);
    }
  }

  drawLinks(c) {
    const { x, y, n } = this.model.ground, { device, distance } = this.model.service, { devices } = this.model;
    const paths = devices.map(() => new Path2D());
    for (let i = 0; i < n; i++) {
      if (distance[i] === Infinity) continue;
      const j = device[i];
      paths[j].moveTo(this.view.x(devices[j].x), this.view.y(devices[j].y));
      paths[j].lineTo(this.view.x(x[i]), this.view.y(y[i]));
    }
    c.globalAlpha = this.colours.link;
    c.lineWidth = n > 2000 ? 0.5 : 1;
    paths.forEach((path, j) => {
      c.strokeStyle = this.look(devices[j]).edge;
      c.stroke(path);
    });
    c.globalAlpha = 1;
  }

  drawSites(c) {
    for (const site of this.model.sites ?? []) {
      if (this.model.devices.some((device) => device.x === site.x && device.y === site.y)) continue;
      outline(c, "D", this.view.x(site.x), this.view.y(site.y), 5);
      c.fillStyle = this.colours.paper;
      c.strokeStyle = this.colours.faint;
      c.lineWidth = 1.2;
      c.fill();
      c.stroke();
    }
  }

  look(device) {
    const { colours, edges, shapes } = this.data.style, k = device.look % colours.length;
    if (device.look === NOBODY) return { colour: this.colours.faint, edge: this.colours.faint, shape: "o" };
    // On dark ground the strong blues and greens need more light to stand out.
    const colour = this.isDark ? lighter(colours[k]) : colours[k];
    return { colour, edge: this.isDark ? colour : edges[k], shape: shapes[k] };
  }

  /** Ring the worst-served point, and the one that is looked at. */
  drawMarked(c) {
    const { ground, score, service, devices } = this.model;
    const ring = (i, colour, size) => {
      c.beginPath();
      c.arc(this.view.x(ground.x[i]), this.view.y(ground.y[i]), size, 0, 2 * Math.PI);
      c.strokeStyle = this.colours.halo;
      c.lineWidth = 4;
      c.stroke();
      c.strokeStyle = colour;
      c.lineWidth = 2;
      c.stroke();
    };
    if (score.worst >= 0 && score.max) ring(score.worst, this.colours.ink, this.points.size(score.worst) + 4);
    if (this.marked < 0) return;
    if (service.distance[this.marked] !== Infinity) {
      const device = devices[service.device[this.marked]];
      c.beginPath();
      c.moveTo(this.view.x(ground.x[this.marked]), this.view.y(ground.y[this.marked]));
      c.lineTo(this.view.x(device.x), this.view.y(device.y));
      c.strokeStyle = this.colours.ink;
      c.lineWidth = 1.6;
      c.setLineDash([5, 4]);
      c.stroke();
      c.setLineDash([]);
    }
    ring(this.marked, this.look(devices[service.device[this.marked]]).colour, this.points.size(this.marked) + 5);
  }

  drawDevices(c) {
    const { devices } = this.model, big = devices.length <= 12 && this.view.width > 500 ? 12 : 9;
    for (const device of devices) {
      const sx = this.view.x(device.x), sy = this.view.y(device.y), { colour, edge, shape } = this.look(device);
      const outer = { new: "o", fixed: "s", candidate: "D" }[device.status];
      outline(c, outer, sx, sy, big + 3);
      c.fillStyle = this.colours.halo;
      c.fill();
      outline(c, outer, sx, sy, big);
      c.fillStyle = colour;
      c.strokeStyle = this.isDark ? "#ffffff" : edge;
      c.lineWidth = 1.5;
      c.fill();
      c.stroke();
      outline(c, shape, sx, sy, big * 0.42);
      c.fillStyle = "#ffffff";
      c.strokeStyle = edge;
      c.lineWidth = 0.6;
      c.fill();
      c.stroke();
      if (!this.layers.labels) continue;
      c.font = "700 12px system-ui, sans-serif";
      c.textAlign = "left";
      this.text(c, short(device.id), sx + big + 5, sy, this.colours.ink);
    }
  }

  text(c, words, x, y, colour) {
    c.textBaseline = "middle";
    c.lineJoin = "round";
    c.strokeStyle = this.colours.halo;
    c.lineWidth = 3.5;
    c.strokeText(words, x, y);
    c.fillStyle = colour;
    c.fillText(words, x, y);
  }

  /** What the tools are about to do: the corners of a zone, a measured line, the cross of the keyboard. */
  drawExtra(c, { crosshair, sketch, measure }) {
    const line = (places, colour, isClosed) => {
      c.beginPath();
      places.forEach((place, k) => c[k ? "lineTo" : "moveTo"](this.view.x(place.x), this.view.y(place.y)));
      if (isClosed) c.closePath();
      c.strokeStyle = this.colours.halo;
      c.lineWidth = 4;
      c.stroke();
      c.strokeStyle = colour;
      c.lineWidth = 2;
      c.stroke();
      for (const place of places) {
        outline(c, "o", this.view.x(place.x), this.view.y(place.y), 4);
        c.fillStyle = colour;
        c.fill();
      }
    };
    if (sketch?.length) line(sketch, this.colours.forbidden, sketch.length > 2);
    if (measure?.length) {
      line(measure, this.colours.ink, false);
      if (measure.length > 1) {
        const [a, b] = measure;
        c.font = "700 13px system-ui, sans-serif";
        c.textAlign = "center";
        const words = shortLength(Math.hypot(a.x - b.x, a.y - b.y), this.data.unit);
        this.text(c, words, (this.view.x(a.x) + this.view.x(b.x)) / 2, (this.view.y(a.y) + this.view.y(b.y)) / 2 - 14, this.colours.ink);
      }
    }
    if (crosshair) {
      const sx = this.view.x(crosshair.x), sy = this.view.y(crosshair.y);
      for (const [colour, width] of [[this.colours.halo, 4], [this.colours.ink, 1.5]]) {
        c.beginPath();
        c.moveTo(sx - 14, sy);
        c.lineTo(sx + 14, sy);
        c.moveTo(sx, sy - 14);
        c.lineTo(sx, sy + 14);
        c.strokeStyle = /** @type {string} */ (colour);
        c.lineWidth = /** @type {number} */ (width);
        c.stroke();
      }
    }
  }

  drawScaleBar(c) {
    const { view, colours } = this, step = roundStep(Math.min(150, view.width / 3) / view.scale, this.data.unit), wide = step * view.scale;
    const x = 16, y = view.height - 18;
    c.lineWidth = 4;
    c.strokeStyle = colours.halo;
    const bar = () => {
      c.beginPath();
      c.moveTo(x, y - 5);
      c.lineTo(x, y);
      c.lineTo(x + wide, y);
      c.lineTo(x + wide, y - 5);
      c.stroke();
    };
    bar();
    c.lineWidth = 1.5;
    c.strokeStyle = colours.ink;
    bar();
    c.font = "600 11px system-ui, sans-serif";
    c.textAlign = "center";
    this.text(c, shortLength(step, this.data.unit), x + wide / 2, y - 10, colours.ink);
  }
}

function short(text) {
  const letters = [...text];
  return letters.length > 18 ? `${letters.slice(0, 17).join("")}…` : text;
}
