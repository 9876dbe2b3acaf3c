/** Light, dark and paper: the map follows the reader's choice, and is drawn for white paper while it is printed. */
const PAPER_WIDE = 760, PAPER_RATIO = 2.5;
/** A tall map would leave no room for the numbers on the first page. */
const LEAST_PAPER_SHAPE = 1.1;

export class Scheme {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.isPrinting = false;
    const [west, south, east, north] = page.data.extent;
    this.shape = Math.min(2.2, Math.max(0.8, (east - west) / (north - south)));
    this.setShape(this.shape);
    this.dark = window.matchMedia("(prefers-color-scheme: dark)");
    this.take(this.dark.matches);
    this.dark.addEventListener("change", () => {
      this.take(this.dark.matches);
      page.show();
    });
    window.addEventListener("beforeprint", () => this.forPaper());
    window.addEventListener("afterprint", () => this.forScreen());
  }

  /** Tell the style sheet how wide the map is for its height. */
  setShape(shape) {
    document.documentElement.style.setProperty("--shape", String(shape));
  }

  take(isDark) {
    const { drawing, about } = this.page;
    drawing.isDark = isDark;
    about.legend();
  }

  /** Draw for paper: light, whole, sharp. */
  forPaper() {
    const { page } = this, shape = Math.max(LEAST_PAPER_SHAPE, this.shape), high = PAPER_WIDE / shape;
    this.isPrinting = page.drawing.isOnPaper = true;
    this.take(false);
    this.setShape(shape);
    page.view.fit(PAPER_WIDE, high);
    page.canvas.width = PAPER_WIDE * PAPER_RATIO;
    page.canvas.height = Math.round(high * PAPER_RATIO);
    page.show();
  }

  forScreen() {
    const { page } = this;
    this.isPrinting = page.drawing.isOnPaper = false;
    this.take(this.dark.matches);
    this.setShape(this.shape);
    page.view.fitted = 0;
    page.resize();
    page.show();
  }
}
