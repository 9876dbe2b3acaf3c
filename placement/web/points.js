/**
 * The demand points on the map: shapes, small squares when they are many. A few are pictures on the canvas; more are pixels of a layer over
 * it, which costs as much for one point as for a thousand.
 */
import { opaque, paste, pictureOf, stamp, stampSide } from "./stamps.js";

/** Above this many points each is a few pixels of its colour; up to it, a shape. */
const SHAPES_UP_TO = 4000;

/** Up to this many points are drawn one by one. */
const PICTURES_UP_TO = 400;

/** Pixels around the map in which a point may stand and still be seen in part. */
const AROUND = 44;

/** Look of a point that no device can reach. */
export const NOBODY = -1;

export class PointLayer {
  /** @param {any} drawing on whose canvas the points stand */
  constructor(drawing) {
    Object.assign(this, { drawing, stamps: [], stampsKey: "", placesKey: "" });
    const { n, weight } = drawing.model.ground;
    this.isMany = n > SHAPES_UP_TO;
    this.isFew = n <= PICTURES_UP_TO;
    this.meanWeight = weight.reduce((a, b) => a + b, 0) / n;
    this.corners = new Int32Array(n);
    this.kinds = new Uint8Array(n);
  }

  /** The size of one point on the screen: more weight is a larger area. */
  size(i) {
    const { model, view } = this.drawing, { n, weight } = model.ground;
    const zoom = Math.min(1.6, Math.max(1, Math.sqrt(view.scale / view.fitted)));
    const plain = (n > 1500 ? 2.6 : n > 400 ? 3.6 : 5) * zoom * (view.width > 500 ? 1 : 0.75);
    const size = plain * Math.sqrt(Math.min(4, Math.max(0.3, weight[i] / this.meanWeight)));
    return Math.round(size * 2) / 2;
  }

  /** The side of a point where there are many [pixels of the screen]. */
  get side() {
    const { model, view, ratio } = this.drawing, zoom = Math.min(2, Math.max(1, Math.sqrt(view.scale / view.fitted)));
    return Math.max(1, Math.round((model.ground.n > 20000 ? 2 : 3) * ratio * zoom));
  }

  /** Draw all points onto a canvas. @param {CanvasRenderingContext2D} c */
  draw(c) {
    const { ratio } = this.drawing;
    this.prepare();
    if (this.isFew) {
      this.eachShape((at, made) => {
        const side = made.side / ratio, x = (at % this.wide) - this.pad, y = Math.floor(at / this.wide) - this.pad;
        c.drawImage((made.picture ??= pictureOf(made)), x / ratio, y / ratio, side, side);
      });
      return;
    }
    this.words.fill(0);
    if (this.isMany) this.drawSquares();
    else this.eachShape((at, made) => paste(this.words, this.wide, at, made));
    this.paper.putImageData(this.pixels, 0, 0);
    c.drawImage(this.layer, -this.pad / ratio, -this.pad / ratio, this.layer.width / ratio, this.layer.height / ratio);
  }

  /** Do something with every point in sight: where its stamp begins, and the stamp. */
  eachShape(use) {
    const { model } = this.drawing, { device, distance } = model.service, { corners, kinds } = this;
    const limit = model.data.radii.length ? model.data.radii[0] + 1e-9 : Number.MAX_VALUE;
    for (let i = 0; i < corners.length; i++) {
      if (corners[i] < 0) continue;
      const look = distance[i] === Infinity ? NOBODY : model.devices[device[i]].look;
      use(corners[i], this.stamp(look, kinds[i], distance[i] <= limit));
    }
  }

  /** Where there are many every step counts: no stamps, and a colour for each device found once. */
  drawSquares() {
    const { model } = this.drawing, { device, distance } = model.service, { words, corners, side, wide } = this;
    const colour = (one) => opaque(this.drawing.look(one).edge);
    const colours = Uint32Array.from(model.devices, colour), nobody = colour({ look: NOBODY });
    for (let i = 0; i < corners.length; i++) {
      if (corners[i] < 0) continue;
      const mine = distance[i] === Infinity ? nobody : colours[device[i]];
      for (let row = corners[i], end = row + side * wide; row < end; row += wide) {
        for (let at = row; at < row + side; at++) words[at] = mine;
      }
    }
  }

  /** Have a layer of the right size, stamps of the right colours, and the places of all points on it. */
  prepare() {
    const { view, ratio, isDark } = this.drawing, side = this.isMany ? this.side : 0;
    this.pad = side || Math.ceil(AROUND * ratio);
    const wide = Math.round(view.width * ratio) + 2 * this.pad, high = Math.round(view.height * ratio) + 2 * this.pad;
    if (!this.isFew && (this.layer?.width !== wide || this.layer?.height !== high)) {
      this.layer = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      this.paper = /** @type {CanvasRenderingContext2D} */ (this.layer.getContext("2d"));
      this.pixels = this.paper.createImageData(wide, high);
      this.words = new Uint32Array(this.pixels.data.buffer);
    }
    const stampsKey = `${isDark} ${ratio} ${side}`, placesKey = `${stampsKey} ${wide} ${high} ${view.scale} ${view.left} ${view.top}`;
    if (this.stampsKey !== stampsKey) this.stamps = [];
    if (this.placesKey !== placesKey) this.place(wide, high, side);
    Object.assign(this, { stampsKey, placesKey, wide });
  }

  /** Find where on the layer each point begins, -1 out of sight, and how large it is; that holds while the map stays where it is. */
  place(wide, high, many) {
    const { ratio, view, model } = this.drawing, { x, y, n } = model.ground, { scale, left, top, middle } = view, across = scale * ratio;
    const fromX = this.pad + left * ratio - middle.x * across, fromY = this.pad + top * ratio + middle.y * across;
    for (let i = 0; i < n; i++) {
      const size = many ? 0 : this.size(i), side = many || stampSide(size, ratio);
      const px = Math.round(fromX + x[i] * across - side / 2), py = Math.round(fromY - y[i] * across - side / 2);
      this.corners[i] = px >= 0 && py >= 0 && px + side <= wide && py + side <= high ? py * wide + px : -1;
      this.kinds[i] = 2 * size;
    }
  }

  /** Return the stamp of a point of a device: full when within the requirement, hollow when not. */
  stamp(look, kind, isServed) {
    const key = (((look + 1) * 64 + kind) << 1) | Number(isServed);
    return (this.stamps[key] ??= this.made(look, kind / 2, isServed));
  }

  made(look, size, isServed) {
    const { colours, ratio } = this.drawing, style = this.drawing.look({ look });
    const full = { fill: style.colour, edge: colours.pointEdge, line: 1 };
    const hollow = { fill: colours.paper, edge: style.colour, line: Math.min(2.4, size / 2) };
    return stamp(style.shape, size, isServed ? full : hollow, ratio);
  }
}
