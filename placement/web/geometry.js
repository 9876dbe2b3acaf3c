/**
 * Places and areas in the plane. Lengths are metres; a ring is a flat list x0, y0, x1, y1, ... that is not closed.
 * @typedef {number[]} Ring
 * @typedef {{x: number, y: number}} Place
 * @typedef {{box: number[], degree: number, x: number[], y: number[]}} Chart
 */

/** A place this near to an edge lies on it [m]. */
const ON_EDGE_M = 1e-6;

/**
 * Tell whether a place lies inside rings read by the even-odd rule, so that inner rings are holes.
 * @param {Ring[]} rings @param {number} x @param {number} y @returns {boolean}
 */
export function isInside(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    let ax = ring[ring.length - 2], ay = ring[ring.length - 1];
    for (let k = 0; k < ring.length; k += 2) {
      const bx = ring[k], by = ring[k + 1];
      if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      ax = bx;
      ay = by;
    }
  }
  return inside;
}

/**
 * Return the place of the segment a-b that is nearest to (x, y).
 * @returns {Place}
 */
function nearestOnSegment(ax, ay, bx, by, x, y) {
  const dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  return { x: ax + t * dx, y: ay + t * dy };
}

/** Call `use(ax, ay, bx, by)` for every edge of the rings. */
function eachEdge(rings, use) {
  for (const ring of rings) {
    let ax = ring[ring.length - 2], ay = ring[ring.length - 1];
    for (let k = 0; k < ring.length; k += 2) {
      use(ax, ay, ring[k], ring[k + 1]);
      ax = ring[k];
      ay = ring[k + 1];
    }
  }
}

/** Tell whether a place lies on an edge of the rings. */
function isOnEdge(rings, x, y) {
  let found = false;
  eachEdge(rings, (ax, ay, bx, by) => {
    if (found) return;
    const near = nearestOnSegment(ax, ay, bx, by, x, y);
    found = Math.hypot(near.x - x, near.y - y) <= ON_EDGE_M;
  });
  return found;
}

/** Where devices may stand: a closed area, less the inside of zones that were drawn later. */
export class FreeSpace {
  /** @param {Ring[] | null} area null for everywhere @param {Ring[]} zones each a zone of its own */
  constructor(area, zones) {
    this.area = area;
    this.zones = zones;
  }

  /** Tell whether a device may stand there; edges are free. @param {number} x @param {number} y @returns {boolean} */
  contains(x, y) {
    if (this.area && !isInside(this.area, x, y) && !isOnEdge(this.area, x, y)) return false;
    return this.zones.every((zone) => !isInside([zone], x, y) || isOnEdge([zone], x, y));
  }

  /**
   * Return the nearest place where a device may stand.
   *
   * It is the place itself, or lies on an edge: nearest to it there, or where two edges cross.
   * @param {number} x @param {number} y @returns {Place}
   */
  nearest(x, y) {
    if (this.contains(x, y)) return { x, y };
    const edges = [...(this.area ?? []), ...this.zones];
    const found = [];
    eachEdge(edges, (ax, ay, bx, by) => found.push(nearestOnSegment(ax, ay, bx, by, x, y)));
    if (this.zones.length) found.push(...this.crossings());
    const far = (place) => (place.x - x) ** 2 + (place.y - y) ** 2;
    found.sort((a, b) => far(a) - far(b));
    return found.find((place) => this.contains(place.x, place.y)) ?? { x, y };
  }

  /** Return where edges of zones cross each other and those of the area. */
  crossings() {
    const found = [];
    const all = [...(this.area ?? []), ...this.zones];
    eachEdge(this.zones, (ax, ay, bx, by) => {
      eachEdge(all, (cx, cy, dx, dy) => {
        const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
        if (cross === 0) return;
        const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross;
        const s = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross;
        if (t >= 0 && t <= 1 && s >= 0 && s <= 1) found.push({ x: ax + t * (bx - ax), y: ay + t * (by - ay) });
      });
    });
    return found;
  }
}

/**
 * Return the middle of the smallest circle around points, by Welzl's method in its move-to-front form without recursion
 * (E. Welzl, "Smallest enclosing disks", 1991). The order is that of the input, so the answer never changes.
 * @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys at least one @returns {Place}
 */
export function enclosingMiddle(xs, ys) {
  let x = xs[0], y = ys[0], r2 = 0;
  const outside = (k) => (xs[k] - x) ** 2 + (ys[k] - y) ** 2 > r2 * (1 + 1e-12) + 1e-18;
  const two = (i, j) => {
    x = (xs[i] + xs[j]) / 2;
    y = (ys[i] + ys[j]) / 2;
    r2 = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
  };
  const three = (i, j, k) => {
    const bx = xs[j] - xs[i], by = ys[j] - ys[i], cx = xs[k] - xs[i], cy = ys[k] - ys[i];
    const d = 2 * (bx * cy - by * cx);
    if (d === 0) return;
    const b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    const ux = (cy * b2 - by * c2) / d, uy = (bx * c2 - cx * b2) / d;
    x = xs[i] + ux;
    y = ys[i] + uy;
    r2 = ux * ux + uy * uy;
  };
  for (let i = 1; i < xs.length; i++) {
    if (!outside(i)) continue;
    x = xs[i];
    y = ys[i];
    r2 = 0;
    for (let j = 0; j < i; j++) {
      if (!outside(j)) continue;
      two(i, j);
      for (let k = 0; k < j; k++) if (outside(k)) three(i, j, k);
    }
  }
  return { x, y };
}

/**
 * Turn planning metres into another coordinate system by its Chebyshev polynomial over the box of the plan.
 * @param {Chart} chart @param {number} x @param {number} y @returns {Place}
 */
export function through(chart, x, y) {
  const [west, south, east, north] = chart.box, n = chart.degree + 1;
  const u = chebyshev((2 * x - west - east) / (east - west), n), v = chebyshev((2 * y - south - north) / (north - south), n);
  const sum = (c) => {
    let total = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) total += c[i * n + j] * u[i] * v[j];
    return total;
  };
  return { x: sum(chart.x), y: sum(chart.y) };
}

/** Return the first n Chebyshev polynomials at t. */
function chebyshev(t, n) {
  const values = [1, t];
  for (let k = 2; k < n; k++) values.push(2 * t * values[k - 1] - values[k - 2]);
  return values;
}
