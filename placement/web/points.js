/** The demand points on the map: shapes while they are few, pixels when they are many. */
import { outline } from "./looks.js";

/** Above this many points each is a few pixels of its colour; up to it, a shape. */
const SHAPES_UP_TO = 4000;

/** Look of a point that no device can reach. */
export const NOBODY = -1;

export class PointLayer {
  /** @param {any} drawing on whose canvas the points stand */
  constructor(drawing) {
    this.drawing = drawing;
    this.sprites = new Map();
  }

  /** The size of one point on the screen: more weight is a larger area. */
  size(i) {
    const { model, view } = this.drawing, { n, weight } = model.ground;
    this.meanWeight ??= weight.reduce((a, b) => a + b, 0) / n;
    const zoom = Math.min(1.6, Math.max(1, Math.sqrt(view.scale / view.fitted)));
    const plain = (n > 1500 ? 2.6 : n > 400 ? 3.6 : 5) * zoom * (view.width > 500 ? 1 : 0.75);
    const size = plain * Math.sqrt(Math.min(4, Math.max(0.3, weight[i] / this.meanWeight)));
    return Math.round(size * 2) / 2;
  }

  /** Draw all points onto a canvas. @param {CanvasRenderingContext2D} c */
  draw(c) {
    const { view, model } = this.drawing, { ground, service, devices, data } = model;
    const { x, y, n } = ground, { device, distance } = service;
    if (n > SHAPES_UP_TO) {
      this.drawPixels(c);
      return;
    }
    const limit = data.radii.length ? data.radii[0] + 1e-9 : Infinity;
    const { width, height } = view;
    for (let i = 0; i < n; i++) {
      const sx = view.x(x[i]), sy = view.y(y[i]);
      if (sx < -20 || sy < -20 || sx > width + 20 || sy > height + 20) continue;
      const look = distance[i] === Infinity ? NOBODY : devices[device[i]].look;
      const sprite = this.sprite(look, this.size(i), distance[i] <= limit);
      c.drawImage(sprite.image, sx - sprite.half, sy - sprite.half, 2 * sprite.half, 2 * sprite.half);
    }
  }

  /** Return the picture of a point of a device: full when within the requirement, hollow when not. */
  sprite(look, size, isServed) {
    const { isDark, ratio, colours } = this.drawing, key = `${look} ${size} ${isServed} ${isDark} ${ratio}`;
    const known = this.sprites.get(key);
    if (known) return known;
    const half = size + 3, image = document.createElement("canvas");
    image.width = image.height = Math.ceil(2 * half * ratio);
    const c = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d")), style = this.drawing.look({ look });
    c.scale(image.width / (2 * half), image.width / (2 * half));
    outline(c, style.shape, half, half, size);
    if (isServed) {
      c.fillStyle = style.colour;
      c.strokeStyle = colours.pointEdge;
      c.lineWidth = 1;
      c.fill();
      c.stroke();
    } else {
      c.fillStyle = colours.paper;
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
    const { ratio, view, model } = this.drawing, wide = Math.round(view.width * ratio), high = Math.round(view.height * ratio);
    if (!this.layer || this.layer.width !== wide || this.layer.height !== high) {
      this.layer = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      this.layerPixels = this.layer.getContext("2d").createImageData(wide, high);
      this.layerWords = new Uint32Array(this.layerPixels.data.buffer);
    }
    const words = this.layerWords.fill(0), { x, y, n } = model.ground, { device } = model.service;
    const colours = model.devices.map((one) => {
      const hex = parseInt(this.drawing.look(one).edge.slice(1), 16);
      return (0xff000000 | ((hex & 255) << 16) | (hex & 0xff00) | (hex >> 16)) >>> 0;
    });
    const size = Math.max(1, Math.round((n > 20000 ? 2 : 3) * ratio * Math.min(2, Math.max(1, Math.sqrt(view.scale / view.fitted)))));
    const { scale, left, top, middle } = view, across = scale * ratio;
    const fromX = left * ratio - middle.x * across - size / 2, fromY = top * ratio + middle.y * across - size / 2;
    for (let i = 0; i < n; i++) {
      const px = Math.round(fromX + x[i] * across), py = Math.round(fromY - y[i] * across);
      if (px < 0 || py < 0 || px + size > wide || py + size > high) continue;
      const word = colours[device[i]];
      for (let row = py; row < py + size; row++) words.fill(word, row * wide + px, row * wide + px + size);
    }
    this.layer.getContext("2d").putImageData(this.layerPixels, 0, 0);
    c.drawImage(this.layer, 0, 0, view.width, view.height);
  }
}
