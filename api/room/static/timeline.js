// The log, newest first; each record opens to its reasons and consequences, and to why its section said so.

import { ask, understood } from "/room/client.js";
import { badge, byId, cited, h, time, tree } from "/room/dom.js";
import { EXPLAIN } from "/room/queries.js";

export function timelinePanel(deal, view) {
  const records = view.records.filter((each) => view.acting || view.whatIf || each.recordedAt <= deal.asOf).reverse();
  return [
    h("ol", { class: "timeline", reversed: true }, records.map((each) => h("li", {}, record(each, view)))),
    view.older ? h("button", { type: "button", onclick: () => view.guarded(() => view.olderRecords()) }, "Older records") : null,
  ];
}

function record(each, view) {
  const refused = each.kind === "refused";
  const told = h("div", { id: `told-${each.version}` }, view.told?.get(each.version) ?? null);
  return h("details", { id: `record-${each.version}`, class: refused ? "refused" : "" },
    h("summary", {}, h("span", { class: "quiet" }, time(each.happenedAt)), " ",
      badge(each.kind, refused ? "bad" : each.kind === "opened" ? "plain" : "good"), " ", each.act || "The deal was opened."),
    h("p", { class: "quiet" }, `Sent by ${each.person}`, each.party ? ` for ${each.party}` : "",
      each.section ? [", under section ", cited(each.section, view.show)] : "",
      each.recordedAt === each.happenedAt ? "" : [", recorded ", time(each.recordedAt)], `. Seal ${each.seal.slice(0, 12)}…`),
    refused ? [h("p", {}, h("b", {}, "Why: "), each.summary), tree(each.reasons.flatMap((reason) => reason.lines), view.show)] : null,
    each.changes.length ? h("ul", {}, each.changes.map((change) => h("li", {}, change.text, h("span", { class: "quiet" }, ` (section ${change.section}, ${change.cause})`)))) : null,
    each.section && !refused ? h("p", {}, h("button", { type: "button", id: `explain-${each.version}`, onclick: () => view.guarded(() => explain(each, view)) }, `Explain section ${each.section} as of then`)) : null,
    told);
}

async function explain(each, view) {
  const found = understood((await ask(EXPLAIN, { deal: view.id, section: each.section.split(", ")[0], asOf: each.recordedAt, knownAt: each.recordedAt })).explain);
  const lines = found.reasons.flatMap((reason) => reason.lines);
  const nodes = h("div", { class: "card" }, h("p", {}, badge(found.truth), " ", found.summary), tree(lines, view.show),
    found.figures.map((figure) => h("pre", { class: "text" }, figure.rendered)));
  view.told = (view.told ?? new Map()).set(each.version, nodes);
  byId(`told-${each.version}`).replaceChildren(nodes);
}
