/** The plan as files to take away: a scenario that `place` reads again, a table for a spreadsheet. */
import { METRES } from "./format.js";
import { through } from "./geometry.js";


/** Return planning metres in the coordinates in which the scenario is written. */
export function written(data, x, y) {
  if (data.charts.user) return through(data.charts.user, x, y);
  return { x: x / METRES[data.unit], y: y / METRES[data.unit] };
}

/** Return a text as YAML that means exactly it: JSON's double quotes are YAML's. */
function quoted(text) {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Return a number that YAML 1.2 reads back to the last bit. */
function decimal(value) {
  const text = String(value);
  return /^-?\d+e/.test(text) ? text.replace("e", ".0e") : text;
}

/**
 * Return the scenario in which devices of this plan stand fixed.
 * @param {any} data @param {import("./model.js").Device[]} devices @param {number[][]} zones drawn in the page
 * @param {{keep: "all" | "touched", money?: number | null}} options all devices, to be scored; or only those that were touched, the rest
 *   planned anew, with this money instead of the scenario's
 * @returns {string} YAML
 */
export function scenarioYaml(data, devices, zones, { keep, money = null }) {
  const kept = keep === "all" ? devices : devices.filter(isKept), rest = devices.length - kept.length;
  const drop = keep === "all" ? ["candidates", "quotas", "budget", "cost", "price"] : ["budget"];
  const hasBudget = keep === "all" || data.scenario.devices.some(([key]) => key === "budget");
  const lines = data.scenario.devices.filter(([key]) => !["fixed", "forbidden", ...drop].includes(key)).map(([key, text]) => (key === "cost" ? `  cost: ${decimal(moneyLeft(data, kept, money))}\n` : text));
  const budget = hasBudget ? `  budget: ${Math.max(1, rest)}\n` : "";
  const parts = ["devices:\n", budget, ...lines, fixedText(data, kept, keep), forbiddenText(data, zones)];
  return `${header(data, keep)}${data.scenario.before}${parts.join("")}${data.scenario.after}`;
}

/** Tell whether a device stays when the rest is planned anew. @param {import("./model.js").Device} device @returns {boolean} */
export function isKept(device) {
  return device.isGiven || device.isTouched || device.status === "fixed";
}

/** Return a number that the scenario says of its devices; NaN when it does not. */
function said(data, key) {
  return Number(data.scenario.devices.find(([other]) => other === key)?.[1].split(":")[1] ?? NaN);
}

/** Return the prices of candidate sites by their names. @returns {Map<string, number>} */
function sitePrices(data) {
  return new Map((data.candidates?.prices ?? []).map((price, k) => [data.candidates.ids[k], price]));
}

/** Return what the devices cost that the plan adds. @param {any} data @param {import("./model.js").Device[]} devices @returns {number} */
export function moneyOf(data, devices) {
  const prices = sitePrices(data), each = said(data, "price") || 0;
  return devices.filter((device) => !device.isGiven).reduce((sum, device) => sum + (prices.get(device.id) ?? each), 0);
}

/** Return the money that is left of a budget when the kept devices are paid: enough for one more at least. */
function moneyLeft(data, kept, money) {
  const least = said(data, "price") || Math.min(...sitePrices(data).values());
  return Math.max(least, (money ?? said(data, "cost")) - moneyOf(data, kept));
}

function header(data, keep) {
  const purpose =
    keep === "all"
      ? "# Every device of the planner page stands fixed: `place score` measures them. `place` would add the budget to them."
      : "# The devices moved in the planner page stand fixed: `place` plans the rest around them.";
  return `${purpose}\n# Save it in the folder of ${data.file}: paths are relative to it.\n`;
}

function fixedText(data, kept, keep) {
  if (!kept.length) return "  fixed: []\n";
  const rows = kept.map((device) => {
    const given = data.given[device.id] ?? {}, place = device.isGiven && given.place ? given.place : written(data, device.x, device.y);
    // A candidate site keeps its name, and no two places may share one.
    const name = keep === "touched" && device.wasSite ? `${device.id} (kept)` : device.id;
    const extras = Object.entries(device.isGiven ? (given.extras ?? {}) : {}).map(([key, value]) => `, ${key}: ${typeof value === "string" ? quoted(value) : decimal(value)}`);
    return `  - {id: ${quoted(name)}, x: ${decimal(place.x)}, y: ${decimal(place.y)}${extras.join("")}}\n`;
  });
  return `  fixed:\n${rows.join("")}`;
}

function forbiddenText(data, zones) {
  const found = data.scenario.devices.find(([key]) => key === "forbidden");
  if (!zones.length) return found ? found[1] : "";
  const corners = (ring) => {
    const places = [];
    for (let k = 0; k < ring.length; k += 2) places.push(written(data, ring[k], ring[k + 1]));
    return `  - [${places.map((place) => `[${decimal(place.x)}, ${decimal(place.y)}]`).join(", ")}]\n`;
  };
  return `  forbidden:\n${[...data.forbidden, ...zones].map(corners).join("")}`;
}

/** Return the devices as a table. @param {any} data @param {import("./model.js").Device[]} devices @param {import("./scoring.js").Score} score @returns {string} */
export function devicesCsv(data, devices, score) {
  const cell = (value) => {
    const text = value === null ? "" : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const round = (value, digits) => (value === null ? null : Number(value.toFixed(digits)) + 0);
  const rows = devices.map((device, j) => {
    const place = data.crs ? device : written(data, device.x, device.y);
    const lonlat = data.charts.lonlat ? through(data.charts.lonlat, device.x, device.y) : { x: null, y: null };
    const mine = score.devices[j];
    return [
      device.id, round(place.x, 6), round(place.y, 6), round(lonlat.x, 7), round(lonlat.y, 7), null, device.status,
      mine.points, round(mine.weight, 6), round(mine.mean, 6), round(mine.max, 6),
    ];
  });
  return [data.csvColumns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
