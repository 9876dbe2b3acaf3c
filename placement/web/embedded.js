/** The page inside a notebook: it tells the cell around it where the devices stand. A page on its own tells nobody. */
import { scenarioYaml, written } from "./files.js";

/** Return what is told: devices in the coordinates of the scenario, and the scenario in which they are fixed. */
export function told(data, model) {
  const devices = model.devices.map(({ id, x, y, status }) => ({ id, ...written(data, x, y), status }));
  const scenario = scenarioYaml(data, model.devices, model.zones, { keep: "all" });
  return { kind: "placement", devices, scenario };
}

/** Tell the window around the page where the devices stand, now and after every change. @param {any} page */
export function tellParent(page) {
  let last = "";
  const tell = () => {
    const message = told(page.data, page.model), text = JSON.stringify(message);
    if (text === last) return;
    last = text;
    // The frame has no origin, and the window around it holds the page itself already.
    window.parent.postMessage(message, "*");
  };
  page.afterShow = tell;
  tell();
}
