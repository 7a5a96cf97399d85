// The text of a clause, and beside it what it has done in this deal.

import { ask } from "/room/client.js";
import { isNear } from "/room/conditions.js";
import { badge, byId, h, moment, time } from "/room/dom.js";
import { CLAUSE } from "/room/queries.js";

const QUIET = ["interpretive", "boilerplate", "not encoded"];

/** The clause that a citation stands in: `3.1(a)(iv)(A)` and `3.1(a), second sentence` in `3.1(a)`. */
const clauseOf = (deal, section) => deal.clauses.map((each) => each.section)
  .filter((each) => section === each || (section.startsWith(each) && /^[,( ]/.test(section.slice(each.length))))
  .sort((one, other) => other.length - one.length)[0];

export function clausesPanel(deal, view) {
  const near = deal.checklists.find(isNear) ?? deal.norms.find((each) => each.status === "active");
  const chosen = clauseOf(deal, view.chosen || near?.section || "") ?? deal.clauses.find((each) => !QUIET.includes(each.category))?.section ?? deal.clauses[0]?.section;
  if (!chosen) return h("p", {}, "This agreement has no clauses.");
  if (chosen !== view.clause?.section || view.clause.deal !== deal) load(deal, view, chosen);
  const groups = new Map();
  for (const each of deal.clauses) groups.set(each.part, [...(groups.get(each.part) ?? []), each]);
  const option = (each) => h("option", { value: each.section, selected: each.section === chosen },
    `${each.section} ${each.title}${QUIET.includes(each.category) ? "" : ` – ${each.status}`}`);
  return [
    h("label", { for: "clause-choice" }, "Clause"),
    h("select", { id: "clause-choice", onchange: (event) => { view.chosen = event.target.value; view.drawOne("clauses"); } },
      [...groups].map(([part, inside]) => (part ? h("optgroup", { label: part }, inside.map(option)) : inside.map(option)))),
    h("div", { id: "clause", class: "beside" }, view.clause?.section === chosen ? view.clause.nodes : h("p", { class: "quiet" }, "One moment ...")),
    questions(deal, view),
  ];
}

function load(deal, view, section) {
  view.guarded(async () => {
    const found = view.whatIf ? { at: null } : { at: view.at };
    const answer = await ask(CLAUSE, { deal: deal.dealId, section, asOf: found.at?.asOf ?? null, knownAt: found.at?.knownAt ?? null });
    const [clause] = answer.deal?.clauses ?? [];
    if (!clause || view.deal !== deal) return;
    view.clause = { section, deal, nodes: shown(clause, deal, view) };
    byId("clause")?.replaceChildren(...view.clause.nodes);
  });
}

function shown(clause, deal, view) {
  const inside = (section) => clauseOf(deal, section) === clause.section;
  const status = deal.clauses.find((each) => each.section === clause.section).status;
  const norms = deal.norms.filter((each) => inside(each.section));
  const moves = deal.movements.filter((each) => inside(each.section));
  const acts = view.records.filter((each) => inside(each.section) && each.recordedAt <= deal.asOf);
  const remarks = [...clause.openPoints.map((each) => ["Open", each]), ...clause.readings.map((each) => ["Read as", each])];
  return [
    h("div", {}, h("h3", {}, `${clause.section} ${clause.title}`),
      h("pre", { class: "text", tabindex: "0", "aria-label": `The text of section ${clause.section}` }, clause.text)),
    h("div", {}, h("h3", {}, "What it did"),
      h("p", {}, badge(status), clause.displacedBy ? ` displaced by ${clause.displacedBy}` : "", clause.waivedBy ? ` waived by ${clause.waivedBy}` : "",
        clause.survives ? " It outlives the end of the agreement." : "", clause.reason ? ` ${clause.reason}` : ""),
      rows("Duties, powers and bans", norms, (each) => [`${each.text}: `, badge(each.status)]),
      rows("Money", moves, (each) => [`${each.amount.text} from ${bare(each.source)} to ${bare(each.target)}, `, time(each.at)]),
      rows("Acts", acts, (each) => [badge(each.kind, each.kind === "refused" ? "bad" : "good"), " ", each.act || "The deal was opened.", h("span", { class: "quiet" }, ` ${moment(each.happenedAt)}`)]),
      norms.length + moves.length + acts.length ? null : h("p", {}, "Nothing yet."),
      remarks.length ? h("details", { id: "remarks" }, h("summary", {}, `${remarks.length} open points and readings`),
        h("ul", {}, remarks.map(([kind, each]) => h("li", {}, h("b", {}, `${kind}: ${each.title}. `), each.text)))) : null),
  ];
}

const bare = (account) => account.split("/")[0];
const rows = (title, all, made) => (all.length ? [h("h4", {}, title), h("ul", {}, all.map((each) => h("li", {}, made(each))))] : null);

function questions(deal, view) {
  const open = deal.ambiguities.filter((each) => !each.chosen), blank = deal.blanks.filter((each) => !each.filled);
  if (!open.length && !blank.length) return null;
  const cite = (section) => h("button", { type: "button", class: "cite", onclick: () => view.show(section) }, section);
  return h("details", { id: "questions" }, h("summary", {}, `${open.length + blank.length} left open by the text`),
    h("ul", {}, open.map((each) => h("li", {}, each.question, " ", cite(each.section), h("span", { class: "quiet" }, ` settled by ${each.settledBy.join(", ")}`))),
      blank.map((each) => h("li", {}, `${each.name} is blank `, cite(each.section), h("span", { class: "quiet" }, ` filled by ${each.filledBy.join(", ")}`)))));
}
