/**
 * Improve a plan from where it stands: every device to the middle of its points (Lloyd), then the best single move of a
 * device to another place (swap), again and again while the objective gets better. Fixed devices stay, all devices stand in
 * the free space or on a candidate site. No chance is involved: the same plan improves the same way. The work is a generator of
 * small steps, so that the page can do something else in between, or stop and keep what was found.
 * @typedef {import("./scoring.js").Ground} Ground
 * @typedef {{x: number, y: number, isFixed: boolean}} Standing
 */
import { enclosingMiddle } from "./geometry.js";
import { assign, measure } from "./scoring.js";

/** Distances that one improvement may compute: about a second of work. */
const WORK = 3e8;
const LLOYD_ROUNDS = 100;
const TRIED_PLACES = 80;

/** Tell whether one pair of costs beats another by more than rounding; the second number breaks ties of the first. */
function isBetter(one, other) {
  const margin = 1e-9 * Math.abs(other[0]);
  if (one[0] < other[0] - margin) return true;
  return one[0] <= other[0] && one[1] < other[1] - 1e-9 * Math.abs(other[1]);
}

export class Improvement {
  /**
   * @param {Ground} ground @param {Standing[]} devices @param {import("./scoring.js").Objective} objective
   * @param {{nearest: (x: number, y: number) => {x: number, y: number}}} space
   * @param {{x: number, y: number}[] | null} sites candidate sites, or null for anywhere in the space
   */
  constructor(ground, devices, objective, space, sites) {
    Object.assign(this, { ground, devices, objective, space, sites });
    this.work = 0;
    this.tried = 0;
    this.radius = objective.radius ?? 0;
    this.kind = objective.kind;
    const places = devices.map(({ x, y }) => ({ x, y })), { cost } = this.cost(places);
    this.work = 0;
    /** Where the devices stand best so far, in the same order, and what that costs; never worse than at the start. */
    this.best = { places, cost };
    this.start = cost;
  }

  /** How much better the best so far is than the start, as a share of it. @returns {number} */
  get gain() {
    return this.start[0] ? (this.start[0] - this.best.cost[0]) / Math.abs(this.start[0]) : 0;
  }

  /** Search to the end, a small step at a time; `best` holds what was found at every step. */
  *run() {
    this.best = yield* this.settle(this.best.places, (settled) => (this.best = settled));
    for (let better = true; better && this.work < WORK; ) {
      better = false;
      for (const move of yield* this.moves(this.best.places)) {
        const places = this.best.places.map((place, j) => (j === move.device ? move.place : place));
        const tried = yield* this.settle(places, () => 0);
        this.tried++;
        if (isBetter(tried.cost, this.best.cost)) {
          this.best = tried;
          better = true;
          break;
        }
      }
    }
  }

  /** Return the cost to make small: the objective, and what decides between equal ones. */
  cost(places) {
    this.work += this.ground.n * places.length;
    const service = assign(this.ground, places);
    const score = measure(this.ground, service, places.length, this.radius ? [this.radius] : [], this.objective, 0);
    const second = (score.mean ?? 0) + 0;
    if (this.kind === "max_cover") return { cost: [-score.value, second], service };
    if (this.kind === "set_cover") return { cost: [-score.coverage[0].weight, second], service };
    return { cost: [score.value, this.kind === "p_center" ? second : 0], service };
  }

  /** Let all devices settle: middles of their points, while that is better; `use` gets each better plan. */
  *settle(start, use) {
    let places = start, { cost, service } = this.cost(start);
    const isMean = ["k_means", "p_median", "p_center"].includes(this.kind);
    for (let round = 0; isMean && !this.sites && round < LLOYD_ROUNDS && this.work < WORK; round++) {
      const moved = this.middles(places, service);
      const next = this.cost(moved);
      if (!isBetter(next.cost, cost)) break;
      places = moved;
      ({ cost, service } = next);
      use({ places, cost });
      yield;
    }
    yield;
    return { places, cost };
  }

  /** Return the best place of each device for the points that it serves now. */
  middles(places, service) {
    const mine = places.map(() => /** @type {number[]} */ ([]));
    for (let i = 0; i < this.ground.n; i++) mine[service.device[i]].push(i);
    return places.map((place, j) => {
      if (this.devices[j].isFixed || !mine[j].length) return place;
      const wanted = this.middle(mine[j], place), found = this.space.nearest(wanted.x, wanted.y);
      // For squares the nearest free place is the best one; for other objectives it may be worse than staying.
      return this.kind === "k_means" || this.share(mine[j], found) < this.share(mine[j], place) ? found : place;
    });
  }

  /** Return what serving these points from a place costs. */
  share(points, place) {
    const { x, y, weight } = this.ground;
    let sum = 0, max = 0;
    for (const i of points) {
      const d = Math.hypot(x[i] - place.x, y[i] - place.y);
      sum += weight[i] * d;
      max = Math.max(max, this.objective.isWeighted ? weight[i] * d : d);
    }
    return this.kind === "p_center" ? max : sum;
  }

  middle(points, place) {
    const { x, y } = this.ground;
    if (this.kind === "p_center") {
      return enclosingMiddle(points.map((i) => x[i]), points.map((i) => y[i]));
    }
    return this.kind === "k_means" ? this.weightedMean(points, () => 1, place) : this.median(points, place);
  }

  /** Return the mean of points relative to a place near them, so that large coordinates lose no digits. */
  weightedMean(points, factor, place) {
    const { x, y, weight } = this.ground;
    let sx = 0, sy = 0, sum = 0;
    for (const i of points) {
      const w = weight[i] * factor(i);
      sx += w * (x[i] - place.x);
      sy += w * (y[i] - place.y);
      sum += w;
    }
    return { x: place.x + sx / sum, y: place.y + sy / sum };
  }

  /** Return the weighted median of points in the plane by Weiszfeld's steps. */
  median(points, start) {
    const { x, y } = this.ground;
    let place = start;
    for (let step = 0; step < 40; step++) {
      const here = place;
      const next = this.weightedMean(points, (i) => 1 / Math.max(Math.hypot(x[i] - here.x, y[i] - here.y), 1e-6), here);
      this.work += points.length;
      if (Math.hypot(next.x - place.x, next.y - place.y) < 1e-6) return next;
      place = next;
    }
    return place;
  }

  /** Return moves of one device to another place, most promising first. */
  *moves(places) {
    const targets = this.targets(places), found = [];
    for (let j = 0; j < places.length; j++) {
      if (this.devices[j].isFixed || this.work > WORK) continue;
      const others = places.filter((_, k) => k !== j);
      const without = others.length ? assign(this.ground, others).distance : new Float64Array(this.ground.n).fill(Infinity);
      this.work += this.ground.n * (places.length + targets.length);
      for (const place of targets) {
        found.push({ device: j, place, cost: this.costWith(without, place) });
        yield;
      }
    }
    found.sort((a, b) => a.cost - b.cost || a.device - b.device);
    return found.slice(0, this.sites ? 1 : 4);
  }

  /** Return the objective when a device at `place` joins others that are `without` away from the points. */
  costWith(without, place) {
    const { x, y, weight, n } = this.ground;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const d = Math.min(without[i], Math.sqrt((x[i] - place.x) ** 2 + (y[i] - place.y) ** 2));
      if (this.kind === "p_center") sum = Math.max(sum, this.objective.isWeighted ? weight[i] * d : d);
      else if (this.kind === "p_median") sum += weight[i] * d;
      else if (this.kind === "k_means") sum += weight[i] * d * d;
      else if (d <= this.radius + 1e-9) sum -= weight[i];
    }
    return sum;
  }

  /** Return places to try: free candidate sites, or demand points spread over the list. */
  targets(places) {
    if (this.sites) {
      return this.sites.filter((site) => !places.some((place) => place.x === site.x && place.y === site.y));
    }
    const { x, y, n } = this.ground;
    const room = Math.max(8, Math.floor(WORK / 10 / (n * places.length)));
    const count = Math.min(n, this.kind.endsWith("cover") ? 4 * TRIED_PLACES : TRIED_PLACES, room);
    return Array.from({ length: count }, (_, k) => {
      const i = Math.floor((k * n) / count);
      return this.space.nearest(x[i], y[i]);
    });
  }
}
