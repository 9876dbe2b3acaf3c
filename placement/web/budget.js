/** The slider over the computed plans, what it says of each, and the elbow below it. */
import { Elbow, readableName } from "./chart.js";
import { moneyOf } from "./files.js";
import { amount, number } from "./format.js";

/** Return what a budget is called. @param {any} data @param {any} budget one of its plans @returns {string} */
export function budgetName(data, budget) {
  const devices = `${number(budget.nNew)} new ${budget.nNew === 1 ? "device" : "devices"}`;
  return budget.money === null ? devices : `${devices} for ${amount(budget.money)}${data.currency && `\u202f${data.currency}`}`;
}

export class BudgetBlock {
  /** @param {import("./model.js").Model} model @param {number} weight of all points @param {(k: number) => void} choose called with the position of a plan */
  constructor(model, weight, choose) {
    Object.assign(this, { model, data: model.data });
    this.at = (id) => /** @type {any} */ (document.getElementById(id));
    this.isOpen = this.data.budgets.length > 1;
    this.at("budgets").hidden = !this.isOpen;
    if (!this.isOpen) return;
    this.at("budget").max = this.data.budgets.length - 1;
    this.over = this.data.axis === "cost" ? "the money for new devices" : "the number of new devices";
    this.at("elbow-name").textContent = `${readableName(this.data.objective.kind)} over ${this.over}`;
    this.at("advice").textContent = this.data.advice;
    this.at("advice").hidden = !this.data.advice;
    this.elbow = new Elbow(this.at("elbow"), this.data, weight, choose);
  }

  /** Show which budget is looked at, and where the plan in hand stands. */
  show() {
    if (!this.isOpen) return;
    const { model, data } = this, slider = this.at("budget");
    if (this.shown !== model.budget) {
      this.shown = model.budget;
      const text = `${budgetName(data, model.plan)}${model.plan.mark && ` (${model.plan.mark})`}`;
      slider.value = model.budget;
      slider.setAttribute("aria-valuetext", text);
      this.at("budget-text").textContent = text;
      this.at("budget-says").textContent = model.plan.says;
      this.at("budget-says").hidden = !model.plan.says;
    }
    const x = data.axis === "cost" ? moneyOf(data, model.devices) : model.nNew;
    this.elbow.show({ x, value: model.score.value, budget: model.budget });
  }
}
