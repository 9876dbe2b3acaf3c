/**
 * The plan in the user's hands: devices, drawn zones, the budget looked at, and every step back and forth.
 * @typedef {{id: string, x: number, y: number, status: "new" | "fixed" | "candidate", look: number,
 *   isGiven: boolean, isTouched: boolean, wasSite: boolean}} Device
 * @typedef {{devices: Device[], zones: number[][], budget: number}} Snapshot
 */
import { FreeSpace } from "./geometry.js";
import { Improvement } from "./improve.js";
import { assign, follow, measure } from "./scoring.js";

const MOST_STEPS = 200;

/** Return float64 numbers from base64. @param {string} text @returns {Float64Array} */
export function floats(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) bytes[k] = raw.charCodeAt(k);
  return new Float64Array(bytes.buffer);
}

export class Model {
  /** @param {any} data the document that the writer made */
  constructor(data) {
    this.data = data;
    this.ids = data.demand.ids;
    const n = data.demand.n;
    /** @type {import("./scoring.js").Ground} */
    this.ground = {
      x: floats(data.demand.x),
      y: floats(data.demand.y),
      weight: data.demand.weight ? floats(data.demand.weight) : new Float64Array(n).fill(1),
      n,
    };
    this.sites = data.candidates ? data.candidates.ids.map((id, k) => ({ id, x: data.candidates.xy[k][0], y: data.candidates.xy[k][1] })) : null;
    this.ownBudget = data.budgets.findIndex((budget) => budget.isPlan);
    this.zones = [];
    this.budget = this.ownBudget;
    this.devices = this.plan.devices.map((device, look) => this.device(device, look));
    this.past = [];
    this.future = [];
    /** Steps done and undone: a search that began at another number is about a plan that is gone. */
    this.edits = 0;
    this.refresh();
    this.rebase();
  }

  /** @returns {Device} */
  device({ id, x, y, status, isGiven = false }, look) {
    return { id, x, y, status, look, isGiven, isTouched: false, wasSite: status === "candidate" };
  }

  get nNew() {
    return this.devices.filter((device) => !device.isGiven).length;
  }

  /** The computed plan of the budget that is looked at. */
  get plan() {
    return this.data.budgets[this.budget];
  }

  get space() {
    return new FreeSpace(this.data.free, this.zones);
  }

  get isChanged() {
    return this.past.length > 0;
  }

  /** Whether every device stands where the computed plan of this budget has it. */
  get isAsComputed() {
    const { devices } = this.plan;
    return devices.length === this.devices.length && devices.every((one, j) => one.x === this.devices[j].x && one.y === this.devices[j].y);
  }

  /** Compute everything again. */
  refresh() {
    const { service } = this.plan;
    // Where distances are no straight lines the page knows only those of the computed plans.
    this.service = service
      ? { device: Int32Array.from(floats(service.device)), distance: floats(service.distance) }
      : assign(this.ground, this.devices);
    this.count();
  }

  /** Compute the numbers again, the service being right. */
  count() {
    const { radii, objective } = this.data;
    this.score = measure(this.ground, this.service, this.devices.length, radii, objective, this.nNew);
  }

  /** Take the present plan as the one to compare with. */
  rebase() {
    this.base = { score: this.score, devices: this.devices.map((device) => ({ ...device })) };
  }

  /** Remember the present plan, to come back to it. */
  remember() {
    this.past.push(this.snapshot());
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
    this.edits++;
  }

  /** Forget the step just remembered: nothing came of it. */
  forget() {
    this.past.pop();
  }

  /** @returns {Snapshot & {base: any}} */
  snapshot() {
    return {
      devices: this.devices.map((device) => ({ ...device })),
      zones: this.zones.map((zone) => [...zone]),
      budget: this.budget,
      base: this.base,
    };
  }

  /** @param {Snapshot & {base: any}} shot */
  restore(shot) {
    this.devices = shot.devices.map((device) => ({ ...device }));
    this.zones = shot.zones;
    this.budget = shot.budget;
    this.base = shot.base;
    this.refresh();
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  step(from, to) {
    const shot = from.pop();
    if (!shot) return false;
    to.push(this.snapshot());
    this.restore(shot);
    this.edits++;
    return true;
  }

  /**
   * Move a device as near to a place as it may stand. Nothing is remembered: a drag is one step of many moves.
   * @returns {boolean} whether it moved
   */
  move(j, x, y) {
    const device = this.devices[j], place = this.standing(x, y, j);
    if (!place || device.status === "fixed" || (place.x === device.x && place.y === device.y)) return false;
    device.x = place.x;
    device.y = place.y;
    if (place.id) device.id = place.id;
    device.isTouched = true;
    follow(this.ground, this.devices, this.service, j);
    this.count();
    return true;
  }

  /** Return the nearest place where a device may stand: a candidate site that no other device has, or free space. */
  standing(x, y, j = -1) {
    if (!this.sites) return this.space.nearest(x, y);
    const space = this.space;
    const open = this.sites.filter(
      (site) => space.contains(site.x, site.y) && !this.devices.some((other, k) => k !== j && other.x === site.x && other.y === site.y),
    );
    return nearestOf(open, x, y);
  }

  /** Return the site next to a device in a direction, within 60 degrees of it; null when there is none. */
  siteTowards(j, dx, dy) {
    const { x, y } = this.devices[j];
    const open = (this.sites ?? []).filter((site) => {
      const far = Math.hypot(site.x - x, site.y - y);
      const isAhead = far > 0 && (site.x - x) * dx + (site.y - y) * dy > far * 0.5 * Math.hypot(dx, dy);
      return isAhead && !this.devices.some((other) => other.x === site.x && other.y === site.y);
    });
    return nearestOf(open, x, y);
  }

  /** Add a device as near to a place as it may stand; return its position, or -1 where no site is left. */
  add(x, y) {
    const place = this.standing(x, y);
    if (!place) return -1;
    this.remember();
    const look = this.nextLook();
    const made = this.device({ id: place.id ?? this.nextName(), x: place.x, y: place.y, status: this.sites ? "candidate" : "new" }, look);
    made.isTouched = true;
    this.devices.push(made);
    this.refresh();
    return this.devices.length - 1;
  }

  nextName() {
    const taken = new Set(this.devices.map((device) => device.id));
    let number = 1;
    while (taken.has(`D${number}`)) number++;
    return `D${number}`;
  }

  nextLook() {
    const taken = new Set(this.devices.map((device) => device.look));
    let look = 0;
    while (taken.has(look)) look++;
    return look;
  }

  remove(j) {
    if (this.devices.length < 2) return false;
    this.remember();
    this.devices.splice(j, 1);
    this.refresh();
    return true;
  }

  /** Fix a device where it stands, or free it again. */
  toggleFixed(j) {
    this.remember();
    const device = this.devices[j];
    if (device.status === "fixed") device.status = device.wasSite ? "candidate" : "new";
    else device.status = "fixed";
  }

  /** Forbid a zone; devices in it step out of it, fixed ones excepted. */
  forbid(zone) {
    this.remember();
    this.zones = [...this.zones, zone];
    this.devices.forEach((device, j) => {
      if (device.status === "fixed" || this.space.contains(device.x, device.y)) return;
      this.move(j, device.x, device.y);
    });
    this.refresh();
  }

  /** Take the plan of another budget. */
  takeBudget(k) {
    this.remember();
    this.budget = k;
    this.devices = this.plan.devices.map((device, look) => this.device(device, look));
    this.refresh();
    this.rebase();
  }

  /** Go back to the computed plan of this budget. */
  reset() {
    this.remember();
    this.devices = this.base.devices.map((device) => ({ ...device }));
    this.zones = [];
    this.refresh();
  }

  /** Return a search for a better plan, from where the devices stand. @returns {Improvement} */
  improvement() {
    const standing = this.devices.map(({ x, y, status }) => ({ x, y, isFixed: status === "fixed" }));
    return new Improvement(this.ground, standing, this.data.objective, this.space, this.freeSites);
  }

  /** Candidate sites outside the zones that were drawn; null where devices stand anywhere. */
  get freeSites() {
    const space = this.space;
    return this.sites?.filter((site) => space.contains(site.x, site.y)) ?? null;
  }

  /** Put the devices that are not fixed where a search found them better; return whether any moved. */
  take(places) {
    const sites = this.freeSites;
    const moved = places.some((place, j) => this.devices[j].status !== "fixed" && (place.x !== this.devices[j].x || place.y !== this.devices[j].y));
    if (!moved) return false;
    this.remember();
    places.forEach((place, j) => {
      const device = this.devices[j];
      if (device.status === "fixed") return;
      Object.assign(device, { x: place.x, y: place.y });
      if (sites) device.id = nearestOf(sites, place.x, place.y)?.id ?? device.id;
    });
    this.refresh();
    return true;
  }
}

/** Return the place of a list that is nearest; null when it is empty. */
function nearestOf(places, x, y) {
  let best = null, least = Infinity;
  for (const place of places) {
    const far = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (far < least) {
      best = place;
      least = far;
    }
  }
  return best;
}
