// How the deal stands: what is held, released, disputed and retained, and what is open.

import { ask, understood } from "/room/client.js";
import { badge, byId, cited, h } from "/room/dom.js";
import { HELD, HELD_THEN } from "/room/queries.js";

const STANDING = ["active", "overdue"];

export function glancePanel(deal, view) {
  const tile = (name, value, ...more) => h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, h("b", {}, value), more));
  const stopped = deal.norms.filter((each) => each.status === "suspended" && each.modality === "duty");
  const open = [...deal.ambiguities.filter((each) => !each.chosen), ...deal.blanks.filter((each) => !each.filled)];
  const due = deal.norms.filter((each) => STANDING.includes(each.status) && each.modality === "duty");
  return [
    deal.funds.map((fund, index) => h("div", {},
      deal.funds.length > 1 ? h("h3", {}, fund.name) : null,
      h("dl", { class: "tiles" },
        tile("Held", text(fund.balance), beside("excess", fund.excess), beside("interest", fund.interest),
          h("p", { class: "quiet" }, `${fund.name}, with the ${fund.holder}`, fund.purpose ? `, for ${fund.purpose.text}` : "")),
        tile("Released", text(fund.paidOut), h("p", { class: "quiet" }, `of ${text(fund.deposited)} that came in`)),
        tile("Disputed", stopped.length ? `${stopped.length} suspended` : "nothing suspended", stopped.map((each) =>
          h("p", { class: "quiet" }, each.text, each.owed ? `: ${each.owed.text}` : "", " ", cited(each.section, view.show))),
        deal.claims.filter((each) => each.counts).length
          ? h("p", { class: "quiet" }, "Claims on record: ", deal.claims.filter((each) => each.counts).map((each) => `${each.kind} “${each.name}” by ${each.author}`).join("; ")) : null),
        h("div", { class: "tile" }, h("dt", {}, "Retained"), h("dd", { id: `held-${index}` }, h("b", {}, "...")))))),
    h("p", {}, due.length
      ? [h("b", {}, `${due.length} ${due.length === 1 ? "duty stands" : "duties stand"}`), ": ", due.slice(0, 3).map((each) => `${each.bearers.join(", ")} (${each.section})`).join("; "), due.length > 3 ? " and others" : "", ". "]
      : "No duty stands now. ",
    open.length ? h("span", {}, badge(`${open.length} open`, "open"), " questions or blanks that nobody has settled; see the agreement.") : "Nothing is left open."),
    deal.undecided.length ? h("p", { id: "undecided" }, badge("open", "open"), " Not the same under every reading: ",
      deal.undecided.map((each) => `${each.name} (${each.told})`).join("; ")) : null,
    deal.divergences.length ? h("p", {}, badge("differs", "bad"), ` ${deal.divergences.length} of what stands would now be judged otherwise: ${deal.divergences[0].text}`) : null,
    filled(deal, view),
  ];
}

/** An amount, or that it is open: it is not the same under every reading. */
const text = (amount) => (amount ? amount.text : "open");
const beside = (what, amount) => (amount && amount.minorUnits === "0" ? null : h("p", {}, `and ${text(amount)} ${what}`));

/** What is kept back in each fund is asked for itself, as a value in the language's own words. */
function filled(deal, view) {
  deal.funds.forEach((fund, index) => view.guarded(async () => {
    const put = (...content) => byId(`held-${index}`)?.replaceChildren(...content);
    await Promise.resolve(); // the place is in the page only after this panel is
    const given = { deal: deal.dealId, value: `the held part of the ${fund.name}` };
    const { explain } = view.whatIf
      ? (await ask(HELD_THEN, { ...given, as: view.whatIf.as, text: view.whatIf.text })).preview.deal
      : await ask(HELD, { ...given, asOf: view.at?.asOf ?? null, knownAt: view.at?.knownAt ?? null });
    if (view.deal !== deal) return;
    const [figure] = understood(explain)?.figures ?? [];
    put(h("b", {}, figure?.value || "open"), h("p", { class: "quiet" }, figure?.truth === "TRUE" ? "kept back in the fund" : explain?.summary ?? ""));
  }));
  return null;
}
