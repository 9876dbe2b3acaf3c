/** "Improve from here" without holding up the page: a slice of the search, then whatever else there is to do, and so on. */

/** Work between two looks at what the user does [ms]: short enough for sixty pictures a second. */
const SLICE_MS = 10;

/**
 * Take the steps of a generator in slices.
 * @param {Iterator<unknown>} steps @param {() => boolean} goesOn asked after every slice
 * @returns {Promise<boolean>} whether it came to its end
 */
export async function inSlices(steps, goesOn) {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do if (steps.next().done) return true;
    while (performance.now() < until);
    if (!goesOn()) return false;
    // Not a frame: a page in a tab that nobody looks at has none, and the search would stand still.
    await new Promise((go) => setTimeout(go));
    if (!goesOn()) return false;
  }
}

export class Improving {
  /** @param {any} page */
  constructor(page) {
    Object.assign(this, { page, model: page.model, isRunning: false, isStopped: false });
    this.button = /** @type {any} */ (document.getElementById("improve"));
    this.words = this.button.querySelector("span");
    this.idle = { words: this.words.textContent, title: this.button.title };
  }

  /** Begin, or stop what is running and keep the best so far. */
  toggle() {
    if (this.isRunning) this.isStopped = true;
    else this.run();
  }

  async run() {
    const { page, model } = this, search = model.improvement(), { edits } = model;
    this.mark(true);
    page.say("Improving. The button stops it.");
    const isDone = await inSlices(search.run(), () => {
      page.note(`Improving … ${this.progress(search)}`);
      return !this.isStopped && model.edits === edits;
    });
    this.mark(false);
    if (model.edits !== edits) {
      page.flash("Improving was given up: the plan has changed");
      return;
    }
    const moved = model.take(search.best.places);
    page.show();
    page.flash(this.outcome(moved, isDone));
  }

  /** Show the button as what it does now. */
  mark(isRunning) {
    Object.assign(this, { isRunning, isStopped: false });
    this.words.textContent = isRunning ? "Stop" : this.idle.words;
    this.button.title = isRunning ? "Stop and keep the best so far" : this.idle.title;
  }

  progress(search) {
    const moves = `${search.tried} ${search.tried === 1 ? "move" : "moves"} tried`;
    return search.gain > 0 ? `${(100 * search.gain).toFixed(1)}\u202f% better so far, ${moves}` : moves;
  }

  outcome(moved, isDone) {
    if (!moved) return isDone ? "No single move makes this plan better" : "Stopped: nothing better so far";
    return `${isDone ? "Improved" : "Stopped; the best so far is kept"}. ${this.page.panel.sentence()}`;
  }
}
