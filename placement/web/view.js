/** Where metres lie on the screen: fit, zoom, pan. */

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
