/** The search box: a demand point by its name. */
import { element } from "./panel.js";

const FOUND_SHOWN = 8;

/** Let the search box find names. @param {string[]} ids @param {(i: number) => void} show called with the position that was chosen */
export function searchBox(ids, show) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById("search"));
  const list = /** @type {HTMLElement} */ (document.getElementById("found"));
  let found = [], at = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (k) => {
    if (k < 0 || k >= found.length) return;
    input.value = ids[found[k]];
    close();
    show(found[k]);
  };
  const mark = () => {
    [...list.children].forEach((row, k) => row.setAttribute("aria-selected", String(k === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
  };
  input.addEventListener("input", () => {
    found = find(ids, input.value);
    at = found.length ? 0 : -1;
    const rows = found.map((i, k) => {
      const row = element("li", { role: "option", id: `found-${k}` }, ids[i]);
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(k);
      });
      return row;
    });
    list.replaceChildren(...(rows.length ? rows : [element("li", {}, "Nothing of that name")]));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = Math.max(0, Math.min(found.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      mark();
    } else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}

/** Return the points whose names begin with some words, then those that hold them. */
export function find(ids, words) {
  const wanted = words.trim().toLowerCase(), begins = [], holds = [];
  if (!wanted) return [];
  for (let i = 0; i < ids.length && begins.length < FOUND_SHOWN; i++) {
    const at = ids[i].toLowerCase().indexOf(wanted);
    if (at === 0) begins.push(i);
    else if (at > 0 && holds.length < FOUND_SHOWN) holds.push(i);
  }
  return [...begins, ...holds].slice(0, FOUND_SHOWN);
}
