/** Numbers in words: lengths in the user's unit, shares, what a change is worth. */

export const METRES = { m: 1, ft: 0.3048, km: 1000 };
const DIGITS = { m: 2, ft: 1, km: 3 };

/** Making a format costs more than using it a hundred times. @type {Map<string, Intl.NumberFormat>} */
const FORMATS = new Map();

function formatted(value, least, most) {
  const key = `${least} ${most}`;
  if (!FORMATS.has(key)) FORMATS.set(key, new Intl.NumberFormat("en-US", { minimumFractionDigits: least, maximumFractionDigits: most }));
  return /** @type {Intl.NumberFormat} */ (FORMATS.get(key)).format(value);
}

/** Return a number with marks between thousands. @param {number} value @param {number} [digits] @returns {string} */
export function number(value, digits = 0) {
  return formatted(value, digits, digits);
}

/** Return the unit in which a length [m] is read at a glance: kilometres for 1,000 m and more. */
function readingUnit(metres, unit) {
  return unit === "m" && Math.abs(metres) >= METRES.km ? "km" : unit;
}

/** Return a length [m] in words, in the unit of the user. @param {number | null} metres @param {string} unit @returns {string} */
export function length(metres, unit) {
  if (metres === null || !Number.isFinite(metres)) return "–";
  const read = readingUnit(metres, unit), value = metres / METRES[read];
  // Sums of distances run into the thousands, where decimals are noise.
  return `${number(value, Math.abs(value) >= METRES.km ? 0 : DIGITS[read])}\u202f${read}`;
}

/** Return a length [m] with three figures at most. @param {number} metres @param {string} unit @returns {string} */
export function shortLength(metres, unit) {
  const read = readingUnit(metres, unit);
  const value = metres / METRES[read], whole = Math.abs(value) >= 100;
  return `${whole ? number(value) : Number(value.toPrecision(3))}\u202f${read}`;
}

/** Return a length [m] with three figures, zeros kept, so that a column of them lines up. @param {number} metres @param {string} unit */
export function figures(metres, unit) {
  const read = readingUnit(metres, unit), value = metres / METRES[read];
  return `${number(value, value >= 100 ? 0 : value >= 10 ? 1 : 2)}\u202f${read}`;
}

/** Return a share in per cent with one decimal; only all of it is 100 %. @param {number} share @returns {string} */
export function percent(share) {
  const shown = Math.min(share < 1 ? 99.9 : 100, Math.round(share * 1000) / 10);
  return `${number(shown, shown === 100 || shown === 0 ? 0 : 1)}\u202f%`;
}

/** Return a weight or count. @param {number} value @returns {string} */
export function amount(value) {
  return formatted(value, 0, 2);
}

/** Return a change with its sign, or an empty text for none that shows. @param {string} text of its size @param {number} change */
export function signed(text, change) {
  return /[1-9]/.test(text) ? `${change > 0 ? "+" : "\u2212"}${text}` : "";
}

/** Return the objective's value in words. @param {number} value @param {string} valueUnit @param {string} unit @returns {string} */
export function objectiveValue(value, valueUnit, unit) {
  if (!Number.isFinite(value)) return "–";
  if (valueUnit === "m") return length(value, unit);
  if (valueUnit !== "m2") return amount(value);
  const squares = value / METRES[unit] ** 2;
  return `${number(squares, Math.abs(squares) >= 1000 ? 0 : Math.abs(squares) >= 10 ? 1 : 3)}\u202f${unit}²`;
}

/** Return the round length (1, 2, 5 times a power of ten) that is not above `most` [m] in the unit of the user. */
export function roundStep(most, unit) {
  const scale = METRES[readingUnit(most, unit)], value = most / scale;
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = [5, 2, 1].find((factor) => factor * power <= value) ?? 1;
  return lead * power * scale;
}
