/** The planner page in a notebook cell, in a frame of its own that may run its script, save files and print, and nothing else. */

function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = "Planner";
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-modals");
  frame.style.cssText = "width: 100%; border: 1px solid #dfe3e8; border-radius: 8px; display: block;";
  const resize = () => (frame.style.height = `${model.get("height")}px`);
  const hear = (event) => {
    // Anybody may send messages to this window; only those of this very frame count.
    if (event.source !== frame.contentWindow || event.data?.kind !== "placement") return;
    model.set("devices", event.data.devices);
    model.set("scenario_yaml", event.data.scenario);
    model.save_changes();
  };
  const open = () => (frame.srcdoc = model.get("page"));
  resize();
  open();
  window.addEventListener("message", hear);
  model.on("change:height", resize);
  model.on("change:page", open);
  el.append(frame);
  return () => {
    window.removeEventListener("message", hear);
    model.off("change:height", resize);
    model.off("change:page", open);
  };
}

export default { render };
