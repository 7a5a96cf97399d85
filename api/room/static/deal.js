// One deal: what is loaded, when, and into which panel it goes.
//
// A view is of now, of an instant (`asOf`), or of what an act would lead to (`whatIf`). All panels are drawn from the
// same answer, so that they never tell of two states. Each entry that the stream brings loads the view of now anew.

import { actionsPanel } from "/room/actions.js";
import { ask, follow, Problem, whole } from "/room/client.js";
import { clausesPanel } from "/room/clauses.js";
import { conditionsPanel } from "/room/conditions.js";
import { badge, byId, h, inZone, listed, renew, tell, time } from "/room/dom.js";
import { dutiesPanel } from "/room/duties.js";
import { filesPanel } from "/room/files.js";
import { flowPanel } from "/room/flow.js";
import { glancePanel } from "/room/glance.js";
import { keyOf } from "/room/keys.js";
import { peoplePanel } from "/room/people.js";
import { EVENTS, MORE, SEE, TIMELINE, ZONE } from "/room/queries.js";
import { Slider } from "/room/slider.js";
import { timelinePanel } from "/room/timeline.js";

const PANELS = [
  ["glance", "At a glance", glancePanel], ["actions", "What you can do", actionsPanel],
  ["conditions", "Conditions", conditionsPanel], ["duties", "Duties and deadlines", dutiesPanel],
  ["flow", "Where the money went", flowPanel], ["timeline", "Timeline", timelinePanel],
  ["clauses", "The agreement", clausesPanel], ["files", "Files", filesPanel], ["people", "People", peoplePanel],
];
const MOST_RECORDS = 100;
const LONGEST = 3_600_000; // milliseconds after which the page looks again in any case

export async function dealPage(place, id, me) {
  const view = new View(place, id, me);
  await view.start();
  return () => view.stop();
}

/** What the panels are given: the deal as shown, its records, and what a reader can ask for. */
class View {
  constructor(place, id, me) {
    Object.assign(this, { place, id, me, at: null, whatIf: null, records: [], older: null, chosen: "", link: "away" });
    this.invitations = new Map();
    this.slider = new Slider(this);
    this.show = (section) => this.showClause(section);
  }

  async start() {
    const [deal] = await Promise.all([this.read(), this.page(null)]);
    if (!deal) {
      document.title = "Deal room";
      this.place.replaceChildren(h("div", { class: "page" }, h("h1", {}, "No such deal"),
        h("p", {}, "There is no deal of this name that you take part in. ", h("a", { href: "#/" }, "My deals"))));
      return;
    }
    const [{ agreement }, key] = await Promise.all([ask(ZONE, { name: deal.agreement }), keyOf(this.me.id)]);
    this.key = key;
    this.zone = inZone(agreement?.sha256 === deal.agreementSha256 ? agreement.zone : "UTC");
    this.now = this.deal = deal;
    document.title = `${deal.title} · Deal room`;
    sessionStorage.setItem("deal", this.id);
    this.place.replaceChildren(this.frame());
    this.draw();
    this.leave = follow(EVENTS, () => ({ deal: this.id, after: this.records.at(-1).version }), (message) => this.came(message),
      (state) => { this.link = state; this.drawLink(); });
    this.back = () => { if (!document.hidden) this.guarded(() => this.refresh()); };
    document.addEventListener("visibilitychange", this.back);
  }

  stop() {
    this.leave?.();
    clearTimeout(this.soon);
    clearTimeout(this.passing);
    document.removeEventListener("visibilitychange", this.back);
  }

  /** Look again when the next deadline passes: no entry of the log tells of it. */
  lookAgain() {
    clearTimeout(this.passing);
    const left = this.now.norms.filter((each) => each.due).map((each) => new Date(each.due) - new Date(this.now.asOf)).filter((each) => each >= 0);
    const next = Math.min(...left, LONGEST);
    this.passing = setTimeout(() => this.guarded(() => this.refresh()), next + 1000);
  }

  /** The deal as of where the reader stands. */
  async read() {
    const { deal } = await ask(SEE, { deal: this.id, asOf: this.at?.asOf ?? null, knownAt: this.at?.knownAt ?? null });
    return whole(deal, async (after) => (await ask(MORE, { deal: this.id, asOf: deal.asOf, knownAt: deal.receipt.knownAt, ...after })).deal);
  }

  /** The newest records, or those before a cursor. */
  async page(before) {
    const { timeline } = await ask(TIMELINE, { deal: this.id, last: MOST_RECORDS, before });
    if (!timeline) return;
    const known = new Set(this.records.map((each) => each.version));
    const found = timeline.edges.map((each) => each.node).filter((each) => !known.has(each.version));
    this.records = [...this.records, ...found].sort((one, other) => one.version - other.version);
    if (before || !known.size) this.older = timeline.pageInfo.hasPreviousPage ? timeline.pageInfo.startCursor : null;
  }

  async olderRecords() {
    await this.page(this.older);
    this.draw();
  }

  // ------------------------------------------------------------------ what comes

  came(message) {
    if (message.errors) { tell(`You follow this deal no longer: ${message.errors[0].message}`); return; }
    const record = message.data.dealEvents;
    if (!this.records.some((each) => each.version === record.version)) {
      this.records.push(record); // the last one is where the stream is taken up again
      if (record.person !== this.me.id) tell(`${record.act} ${record.kind}.`);
    }
    if (Number(record.version) <= Number(this.now.version)) { // the reader's own act, loaded with its answer
      this.slider.draw();
      this.drawOne("timeline");
      return;
    }
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.guarded(() => this.refresh()), 60);
  }

  async refresh() {
    if (!this.acting) { // the reader looks at something else, and stays there
      this.slider.draw();
      return;
    }
    const deal = await this.read();
    if (!deal) { location.reload(); return; }
    this.now = this.deal = deal;
    this.draw();
  }

  async guarded(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      tell(error.message);
    }
  }

  // ------------------------------------------------------------- where one stands

  /** Look at the deal as of an instant; null for now. */
  async stand(at) {
    const turn = this.turn = (this.turn ?? 0) + 1;
    this.whatIf = null;
    this.at = at;
    if (at) this.answer = null;
    const deal = await this.read();
    if (turn !== this.turn) return; // the slider has moved on since
    if (!deal) {
      this.at = null;
      tell("At that instant the deal was not known yet.");
      return;
    }
    this.deal = deal;
    if (!at) this.now = deal;
    this.draw();
  }

  /** Look at what an act would lead to. */
  suppose(whatIf) {
    this.turn = (this.turn ?? 0) + 1;
    this.whatIf = whatIf;
    this.answer = null;
    this.deal = whatIf.deal;
    this.draw();
    byId("banner").focus();
  }

  get acting() {
    return !this.at && !this.whatIf;
  }

  showClause(section) {
    this.chosen = section;
    this.drawOne("clauses");
    byId("clauses").scrollIntoView({ block: "start" });
    byId("clauses-title").focus({ preventScroll: true });
  }

  // ------------------------------------------------------------------- drawing

  frame() {
    const jump = (name, title) => h("button", {
      type: "button", onclick: () => { byId(name).scrollIntoView({ block: "start" }); byId(`${name}-title`).focus({ preventScroll: true }); },
    }, title);
    const panel = (name) => h("section", { class: "panel", id: name, "aria-labelledby": `${name}-title` },
      h("h2", { id: `${name}-title`, tabindex: "-1" }, PANELS.find(([each]) => each === name)[1]), h("div", { id: `${name}-body` }));
    return h("div", { class: "deal" },
      h("div", { class: "head", id: "head" }), h("div", { id: "slider" }), h("div", { id: "banner", tabindex: "-1" }),
      h("nav", { class: "jump", "aria-label": "Parts of this deal" }, PANELS.map(([name, title]) => jump(name, title))),
      panel("glance"),
      h("div", { class: "columns" }, panel("actions"), h("div", { class: "stack" }, panel("conditions"), panel("duties"), panel("flow"))),
      panel("timeline"), panel("clauses"), panel("files"), panel("people"));
  }

  draw() {
    const { deal } = this;
    renew(byId("head"), h("h1", {}, deal.title), h("p", {},
      deal.terminatedAt ? [badge("ended", "done"), ` under section ${deal.terminatedBy} on `, time(deal.terminatedAt)] : badge("running", "good"),
      " ", h("span", { id: "link" }), " ",
      deal.yourParties.length ? ["You act for ", listed(deal.yourParties), "."] : "You act for nobody at this instant.",
      h("span", { class: "quiet" }, ` Times are those of ${this.zone.replaceAll("_", " ")}. Version ${deal.version}.`)));
    this.drawLink();
    this.slider.draw();
    this.drawBanner();
    this.lookAgain();
    for (const [name] of PANELS) this.drawOne(name);
  }

  drawOne(name) {
    const [, , panel] = PANELS.find(([each]) => each === name);
    renew(byId(`${name}-body`), panel(this.deal, this));
  }

  drawLink() {
    const place = byId("link");
    if (!place) return;
    const [word, tone] = { live: ["live", "good"], away: ["connecting again", "wait"], ended: ["not followed", "bad"] }[this.link];
    place.replaceChildren(badge(word, tone));
  }

  drawBanner() {
    const back = h("button", { type: "button", onclick: () => this.guarded(() => this.stand(null)) }, "Back to now");
    const place = byId("banner");
    place.className = this.acting ? "" : "banner";
    if (this.whatIf) {
      place.replaceChildren(h("p", {}, h("b", {}, "What if: "), this.whatIf.act, " ",
        h("span", { class: "quiet" }, "Nothing is stored. All you see below is how the deal would be.")),
      this.whatIf.changes.length
        ? h("ul", {}, this.whatIf.changes.map((each) => h("li", {}, each.text, h("span", { class: "quiet" }, ` (section ${each.section})`))))
        : h("p", {}, "Nothing else would follow from it."),
      h("p", {}, h("button", { type: "button", class: "main", onclick: () => this.guarded(this.whatIf.doIt) }, "Do it"), " ", back));
    } else if (this.at) {
      place.replaceChildren(h("p", {}, h("b", {}, "As of "), time(this.deal.asOf),
        this.at.knownAt ? [", from what was known at ", time(this.at.knownAt)] : ", as known today", ". ", back));
    } else place.replaceChildren();
  }
}
