// The time slider: each record of the log is a step; any other instant can be named, in the past or ahead.

import { byId, h, moment } from "/room/dom.js";

export class Slider {
  constructor(view) {
    this.view = view;
  }

  draw() {
    const { view } = this;
    if (!byId("step")) byId("slider").replaceChildren(this.made());
    const step = byId("step"), last = view.records.length;
    const now = step.max === step.value || view.acting;
    step.max = String(last);
    if (view.acting || (now && !view.at && !view.whatIf)) step.value = String(last);
    this.name();
  }

  made() {
    const { view } = this;
    const go = () => {
      this.name();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => view.guarded(() => view.stand(this.chosen())), 120);
    };
    return h("div", { class: "slider" },
      h("label", { for: "step" }, "Time"),
      h("input", { type: "range", id: "step", min: "1", max: "1", step: "1", oninput: go }),
      h("div", {}, h("output", { id: "step-name", for: "step" }), h("details", { id: "instant-box" }, h("summary", {}, "Another instant"),
        h("form", { onsubmit: (event) => { event.preventDefault(); view.guarded(() => view.stand(this.named())); } },
          h("label", { for: "instant" }, "Date and time, on this computer's clock"),
          h("input", { type: "datetime-local", id: "instant", required: true }),
          h("label", { class: "check" }, h("input", { type: "checkbox", id: "known" }), "Only from what was known then"),
          h("p", { class: "quiet" }, "An instant to come shows how things would stand if nobody did anything until then."),
          h("button", {}, "Show")))));
  }

  /** Where the slider stands; null at its end, which is now. */
  chosen() {
    const step = byId("step");
    if (step.value === step.max) return null;
    const record = this.view.records[Number(step.value) - 1];
    return { asOf: record.recordedAt, knownAt: byId("known").checked ? record.recordedAt : null };
  }

  named() {
    const asOf = new Date(byId("instant").value).toISOString();
    return { asOf, knownAt: byId("known").checked ? asOf : null };
  }

  name() {
    const step = byId("step"), record = this.view.records[Number(step.value) - 1];
    const text = step.value === step.max ? "now"
      : `after ${step.value} of ${step.max}: ${moment(record.recordedAt)}, ${record.kind === "opened" ? "the deal was opened" : record.act}`;
    step.setAttribute("aria-valuetext", text);
    byId("step-name").textContent = text;
  }
}
