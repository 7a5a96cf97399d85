// What has to be met before something follows, and who is missing.

import { badge, cited, h, listed, slug, tree } from "/room/dom.js";

export function conditionsPanel(deal, view) {
  const begun = deal.checklists.filter(hasBegun).sort((one, other) => isNear(other) - isNear(one));
  const rest = deal.checklists.filter((each) => !hasBegun(each));
  return [
    begun.length ? begun.map((each) => checklist(each, deal, view, isNear(each))) : h("p", {}, "No condition has begun to be met."),
    papers(deal, view),
    rest.length ? h("details", { id: "conditions-rest" }, h("summary", {}, `${rest.length} that nothing has been done for`),
      rest.map((each) => checklist(each, deal, view, false))) : null,
  ];
}

const items = (list) => list.lines.filter((each, index, all) => !(all[index + 1]?.depth > each.depth));
const isMet = ({ item }) => item.truth === "TRUE";

/** Whether a list has come far: it is about an entry that is there, or more than half of it is met. */
export const isNear = (list) => !list.met && !list.latched
  && (Boolean(list.about) || items(list).filter(isMet).length * 2 > items(list).length);

const hasBegun = (list) => list.met || list.latched || Boolean(list.about) || items(list).some(isMet);

function checklist(list, deal, view, open) {
  const leaves = items(list), met = leaves.filter(isMet).length;
  const waits = list.met ? [] : leaves.flatMap((each) => (isMet(each) ? [] : each.item.waits));
  const missing = [...new Set(waits.flatMap((each) => each.who))];
  const undecided = leaves.filter((each) => each.item.truth === "OPEN").length;
  const state = list.met ? ["met", "good"] : list.latched ? ["was met", "good"] : undecided ? ["open", "open"] : [`${met} of ${leaves.length}`, "wait"];
  return h("details", { id: `condition-${slug(list.key)}`, class: "card", open },
    h("summary", {}, badge(...state), " ", h("b", {}, list.title, list.about ? ` · ${list.about}` : ""), " ",
      h("span", { class: "quiet" }, list.section),
      missing.length && !list.latched ? h("span", { class: "who" }, "waits for ", who(missing, deal, "")) : null),
    h("p", {}, h("b", {}, "Then: "), list.consequences.join("; ")),
    tree(lines(list), view.show),
    h("p", {}, cited(list.section.split(", ")[0], view.show)));
}

/** The lines below the condition itself, or that one. */
function lines(list) {
  const first = list.lines.length > 1 ? 1 : 0;
  return list.lines.slice(first).map(({ depth, item }) => ({ ...item, depth: depth - first, section: "" }));
}

const SIGNED = ["signed", "received"];

function papers(deal, view) {
  if (!deal.documents.length) return null;
  const done = deal.documents.filter((each) => SIGNED.includes(each.status)).length;
  return h("details", { id: "papers", class: "card" },
    h("summary", {}, badge(`${done} of ${deal.documents.length}`, done === deal.documents.length ? "good" : "wait"), " ", h("b", {}, "Papers signed by all")),
    h("ul", {}, deal.documents.map((each) => {
      const missing = each.signatures.filter((one) => !SIGNED.includes(one.status)).map((one) => one.signer);
      return h("li", {}, `${each.kind}: ${each.status}`, missing.length ? h("span", { class: "who" }, `, waits for ${who(missing, deal, "and")}`) : "", " ", cited(each.section, view.show));
    })));
}

/** Names, with a mark on those that the reader acts for; commas alone where it is said elsewhere who has to act with whom. */
export const who = (names, deal, last = "or") => listed(names.map((each) => (deal.yourParties.includes(each) ? `${each} (you)` : each)), last);
