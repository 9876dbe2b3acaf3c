/** The picture: floor, bands of distance, desks, links, devices and drawn zones on one canvas, in metres. */
import { roundStep, shortLength } from "./format.js";

/** Above this many points each is a few pixels of its colour; up to it, a shape. */
const SHAPES_UP_TO = 4000;

const LIGHT = {
  paper: "#ffffff", outside: "#f4f5f7", beyond: "#ececec", beyondLine: "#b4b4b4",
  bands: ["#94c4e3", "#b4d7ee", "#d0e6f5", "#e4f0f9", "#f1f7fc"], limit: "#5a626b", soft: "#ffffff",
  wall: "#3d434b", door: "#6d747d", window: "#2f78a8", voidFill: "#ffffff", voidLine: "#9aa0a6",
  forbidden: "#c62f2b", ink: "#1d2229", faint: "#5a626b", halo: "#ffffff", link: 0.5, pointEdge: "#ffffff",
};
const DARK = {
  paper: "#1a1f26", outside: "#12161b", beyond: "#262b32", beyondLine: "#474e58",
  bands: ["#1d4a68", "#1a3d56", "#183246", "#182a39", "#1a2630"], limit: "#a9b4c0", soft: "#12161b",
  wall: "#c4cad2", door: "#8d97a3", window: "#6fb3dd", voidFill: "#12161b", voidLine: "#59616b",
  forbidden: "#ff7b72", ink: "#f2f4f7", faint: "#b4bdc7", halo: "#12161b", link: 0.65, pointEdge: "#12161b",
};

/** How the plan lies on the screen. Drawing is relative to the middle of the data: canvas paths are single precision. */
export class View {
  /** @param {number[]} extent west, south, east, north [m] */
  constructor(extent) {
    this.extent = extent;
    this.middle = { x: (extent[0] + extent[2]) / 2, y: (extent[1] + extent[3]) / 2 };
    Object.assign(this, { width: 1, height: 1, scale: 1, left: 0, top: 0 });
  }

  /** Show everything. */
  fit(width, height) {
    const [west, south, east, north] = this.extent;
    Object.assign(this, { width, height });
    this.scale = Math.min(width / (east - west), height / (north - south));
    this.fitted = this.scale;
    this.left = width / 2;
    this.top = height / 2;
  }

  /** Keep what is in the middle when the size changes. */
  resize(width, height) {
    this.left += (width - this.width) / 2;
    this.top += (height - this.height) / 2;
    Object.assign(this, { width, height });
  }

  x(x) {
    return this.left + (x - this.middle.x) * this.scale;
  }

  y(y) {
    return this.top - (y - this.middle.y) * this.scale;
  }

  place(sx, sy) {
    return { x: this.middle.x + (sx - this.left) / this.scale, y: this.middle.y - (sy - this.top) / this.scale };
  }

  /** Return the place in the middle of the screen. */
  middleOfScreen() {
    return this.place(this.width / 2, this.height / 2);
  }

  zoom(factor, sx = this.width / 2, sy = this.height / 2) {
    const to = Math.min(this.fitted * 200, Math.max(this.fitted * 0.5, this.scale * factor)), real = to / this.scale;
    this.left = sx + (this.left - sx) * real;
    this.top = sy + (this.top - sy) * real;
    this.scale = to;
  }

  pan(dx, dy) {
    this.left += dx;
    this.top += dy;
  }

  centre(x, y) {
    this.pan(this.width / 2 - this.x(x), this.height / 2 - this.y(y));
  }
}

export class Drawing {
  /** @param {HTMLCanvasElement} canvas @param {import("./model.js").Model} model @param {View} view */
  constructor(canvas, model, view) {
    Object.assign(this, { canvas, model, view });
    this.data = model.data;
    this.layers = { coverage: true, links: model.ground.n <= 400, walls: true, labels: true, desks: true, sites: true };
    this.isDark = false;
    this.isOnPaper = false;
    this.marked = -1;
    this.sprites = new Map();
    this.tiles = new Map();
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
    if (this.layers.desks) this.drawPoints(c);
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
    // On dark ground the strong blues and greens need more light to stand out.
    const colour = this.isDark ? lighter(colours[k]) : colours[k];
    return { colour, edge: this.isDark ? colour : edges[k], shape: shapes[k] };
  }

  /** The size of one point on the screen: more weight is a larger area. */
  pointSize(i) {
    const { n, weight } = this.model.ground;
    this.meanWeight ??= weight.reduce((a, b) => a + b, 0) / n;
    const zoom = Math.min(1.6, Math.max(1, Math.sqrt(this.view.scale / this.view.fitted)));
    const plain = (n > 1500 ? 2.6 : n > 400 ? 3.6 : 5) * zoom * (this.view.width > 500 ? 1 : 0.75);
    const size = plain * Math.sqrt(Math.min(4, Math.max(0.3, weight[i] / this.meanWeight)));
    return Math.round(size * 2) / 2;
  }

  drawPoints(c) {
    const { x, y, n } = this.model.ground, { device, distance } = this.model.service, { devices, data } = this.model;
    if (n > SHAPES_UP_TO) {
      this.drawPixels(c);
      return;
    }
    const limit = data.radii.length ? data.radii[0] + 1e-9 : Infinity;
    const { width, height } = this.view;
    for (let i = 0; i < n; i++) {
      const sx = this.view.x(x[i]), sy = this.view.y(y[i]);
      if (sx < -20 || sy < -20 || sx > width + 20 || sy > height + 20) continue;
      const sprite = this.sprite(devices[device[i]].look, this.pointSize(i), distance[i] <= limit);
      c.drawImage(sprite.image, sx - sprite.half, sy - sprite.half, 2 * sprite.half, 2 * sprite.half);
    }
  }

  /** Return the picture of a point of a device: full when within the requirement, hollow when not. */
  sprite(look, size, isServed) {
    const key = `${look} ${size} ${isServed} ${this.isDark} ${this.ratio}`;
    const known = this.sprites.get(key);
    if (known) return known;
    const half = size + 3, image = document.createElement("canvas");
    image.width = image.height = Math.ceil(2 * half * this.ratio);
    const c = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d")), style = this.look({ look });
    c.scale(image.width / (2 * half), image.width / (2 * half));
    outline(c, style.shape, half, half, size);
    if (isServed) {
      c.fillStyle = style.colour;
      c.strokeStyle = this.colours.pointEdge;
      c.lineWidth = 1;
      c.fill();
      c.stroke();
    } else {
      c.fillStyle = this.colours.paper;
      c.strokeStyle = style.colour;
      c.lineWidth = Math.min(2.4, size / 2);
      c.fill();
      c.stroke();
    }
    const made = { image, half };
    this.sprites.set(key, made);
    return made;
  }

  /** Many points: straight into the pixels of a layer that is laid over the rest. */
  drawPixels(c) {
    const ratio = this.ratio, wide = Math.round(this.view.width * ratio), high = Math.round(this.view.height * ratio);
    if (!this.layer || this.layer.width !== wide || this.layer.height !== high) {
      this.layer = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      this.layerPixels = this.layer.getContext("2d").createImageData(wide, high);
      this.layerWords = new Uint32Array(this.layerPixels.data.buffer);
    }
    const words = this.layerWords.fill(0), { x, y, n } = this.model.ground, { device } = this.model.service;
    const colours = this.model.devices.map((one) => {
      const hex = parseInt(this.look(one).edge.slice(1), 16);
      return (0xff000000 | ((hex & 255) << 16) | (hex & 0xff00) | (hex >> 16)) >>> 0;
    });
    const size = Math.max(1, Math.round((n > 20000 ? 2 : 3) * ratio * Math.min(2, Math.max(1, Math.sqrt(this.view.scale / this.view.fitted)))));
    const { scale, left, top, middle } = this.view, across = scale * ratio;
    const fromX = left * ratio - middle.x * across - size / 2, fromY = top * ratio + middle.y * across - size / 2;
    for (let i = 0; i < n; i++) {
      const px = Math.round(fromX + x[i] * across), py = Math.round(fromY - y[i] * across);
      if (px < 0 || py < 0 || px + size > wide || py + size > high) continue;
      const word = colours[device[i]];
      for (let row = py; row < py + size; row++) words.fill(word, row * wide + px, row * wide + px + size);
    }
    this.layer.getContext("2d").putImageData(this.layerPixels, 0, 0);
    c.drawImage(this.layer, 0, 0, this.view.width, this.view.height);
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
    if (score.worst >= 0 && score.max) ring(score.worst, this.colours.ink, this.pointSize(score.worst) + 4);
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
    ring(this.marked, this.look(devices[service.device[this.marked]]).colour, this.pointSize(this.marked) + 5);
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

/** Return a square with a line from corner to corner, which joins up when squares stand side by side. */
function hatchTile(colour, side, ratio) {
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

/** Mix a colour with a third of white. */
function lighter(colour) {
  const part = (k) => Math.round(parseInt(colour.slice(k, k + 2), 16) * 0.67 + 84).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}

function short(text) {
  const letters = [...text];
  return letters.length > 18 ? `${letters.slice(0, 17).join("")}…` : text;
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
