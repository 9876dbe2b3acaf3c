/**
 * Who is served by which device, and how well: the same numbers as the Python side, on typed arrays.
 * @typedef {{x: Float64Array, y: Float64Array, weight: Float64Array, n: number}} Ground demand points [m] and weights
 * @typedef {{device: Int32Array, distance: Float64Array}} Service position of the serving device, distance to it [m]
 * @typedef {{kind: string, isWeighted?: boolean, radius?: number | null}} Objective
 * @typedef {{points: number, weight: number, mean: number | null, max: number | null}} DeviceScore
 * @typedef {{radius: number, share: number, weight: number, points: number}} Coverage
 * @typedef {{max: number | null, mean: number | null, wcss: number | null, value: number, worst: number,
 *   unreachable: number, coverage: Coverage[], devices: DeviceScore[]}} Score
 */

/** A point exactly on the circle is covered, even if rounding puts it this far outside [m]. */
export const ROUNDING_M = 1e-9;

/**
 * Give every point its nearest device, ties to the first.
 * @param {Ground} ground @param {{x: number, y: number}[]} devices at least one @returns {Service}
 */
export function assign(ground, devices) {
  const { x, y, n } = ground;
  const device = new Int32Array(n), distance = new Float64Array(n).fill(Infinity);
  for (let j = 0; j < devices.length; j++) {
    const px = devices[j].x, py = devices[j].y;
    for (let i = 0; i < n; i++) {
      const dx = x[i] - px, dy = y[i] - py, square = dx * dx + dy * dy;
      if (square < distance[i]) {
        distance[i] = square;
        device[i] = j;
      }
    }
  }
  for (let i = 0; i < n; i++) distance[i] = Math.sqrt(distance[i]);
  return { device, distance };
}

/**
 * Follow the move of one device: only its own points may look for another, only points near it may come over.
 * @param {Ground} ground @param {{x: number, y: number}[]} devices with the new place of device `moved`
 * @param {Service} service changed in place @param {number} moved
 */
export function follow(ground, devices, service, moved) {
  const { x, y, n } = ground, { device, distance } = service, p = devices.length;
  const mx = devices[moved].x, my = devices[moved].y;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - mx, dy = y[i] - my, far = Math.sqrt(dx * dx + dy * dy);
    if (device[i] !== moved) {
      if (far < distance[i] || (far === distance[i] && moved < device[i])) {
        distance[i] = far;
        device[i] = moved;
      }
    } else if (far <= distance[i]) {
      distance[i] = far;
    } else {
      let best = far * far, who = moved;
      for (let j = 0; j < p; j++) {
        const ex = x[i] - devices[j].x, ey = y[i] - devices[j].y, square = ex * ex + ey * ey;
        if (square < best || (square === best && j < who)) {
          best = square;
          who = j;
        }
      }
      distance[i] = who === moved ? far : Math.sqrt(best);
      device[i] = who;
    }
  }
}

/**
 * Measure a service: points that no device can reach count as not covered and are left out of means.
 * @param {Ground} ground @param {Service} service @param {number} p number of devices @param {number[]} radii [m]
 * @param {Objective} objective @param {number} nNew devices that the plan adds @returns {Score}
 */
export function measure(ground, service, p, radii, objective, nNew) {
  const { weight, n } = ground, { device, distance } = service;
  const points = new Int32Array(p), load = new Float64Array(p), sum = new Float64Array(p), most = new Float64Array(p);
  const covered = new Float64Array(radii.length), within = new Int32Array(radii.length);
  let total = 0, reached = 0, squares = 0, max = 0, worst = -1, weighted = 0, unreachable = 0;
  for (let i = 0; i < n; i++) {
    const w = weight[i], d = distance[i];
    total += w;
    if (d === Infinity) {
      unreachable++;
      continue;
    }
    const j = device[i];
    points[j]++;
    load[j] += w;
    sum[j] += w * d;
    if (d > most[j]) most[j] = d;
    if (d > max || worst < 0) {
      max = d;
      worst = i;
    }
    if (w * d > weighted) weighted = w * d;
    reached += w;
    squares += w * d * d;
    for (let k = 0; k < radii.length; k++) {
      if (d <= radii[k] + ROUNDING_M) {
        covered[k] += w;
        within[k]++;
      }
    }
  }
  const travelled = sum.reduce((a, b) => a + b, 0), isWhole = unreachable === 0;
  const wcss = isWhole ? squares : null;
  const parts = { squares, travelled, max: objective.isWeighted ? weighted : max };
  return {
    max: isWhole ? max : null,
    mean: reached > 0 ? travelled / reached : null,
    wcss,
    value: isWhole || objective.kind.endsWith("cover") ? valueOf(objective, parts, ground, service, nNew) : Infinity,
    worst,
    unreachable,
    coverage: radii.map((radius, k) => ({ radius, share: covered[k] / total, weight: covered[k], points: within[k] })),
    devices: Array.from(points, (count, j) => ({
      points: count,
      weight: load[j],
      mean: count ? sum[j] / load[j] : null,
      max: count ? most[j] : null,
    })),
  };
}

/** Return the objective from what `measure` summed up. */
function valueOf(objective, parts, ground, service, nNew) {
  if (objective.kind === "k_means") return parts.squares;
  if (objective.kind === "p_median") return parts.travelled;
  if (objective.kind === "p_center") return parts.max;
  if (objective.kind === "set_cover") return nNew;
  const limit = (objective.radius ?? 0) + ROUNDING_M;
  let covered = 0;
  for (let i = 0; i < ground.n; i++) if (service.distance[i] <= limit) covered += ground.weight[i];
  return covered;
}

/**
 * Return weighted quantiles: for each share the smallest distance within which that much of the weight lies.
 * @param {Ground} ground @param {Service} service @param {number[]} shares 0 to 1 @returns {(number | null)[]} [m]
 */
export function quantiles(ground, service, shares) {
  const order = [];
  for (let i = 0; i < ground.n; i++) if (service.distance[i] !== Infinity) order.push(i);
  if (!order.length) return shares.map(() => null);
  const { distance } = service, { weight } = ground;
  order.sort((a, b) => distance[a] - distance[b] || a - b);
  const cumulative = new Float64Array(order.length);
  let sum = 0;
  order.forEach((i, k) => (cumulative[k] = sum += weight[i]));
  return shares.map((share) => {
    // A tiny allowance, as on the Python side, so that 0.95 * 20 still means nineteen of twenty.
    const wanted = share * sum * (1 - 1e-12);
    let low = 0, high = order.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] >= wanted) high = middle;
      else low = middle + 1;
    }
    return distance[order[low]];
  });
}
