// Duties, powers and bans: whose, how each stands, and by when.

import { away, badge, cited, h, slug, time } from "/room/dom.js";

const TONES = { active: "wait", overdue: "bad", suspended: "open", open: "open", fulfilled: "good", "fulfilled late": "good" };
const STANDING = ["overdue", "active", "suspended", "open"];

export function dutiesPanel(deal, view) {
  const standing = deal.norms.filter((each) => STANDING.includes(each.status))
    .sort((one, other) => (one.due ?? "9").localeCompare(other.due ?? "9"));
  const over = deal.norms.filter((each) => !STANDING.includes(each.status));
  return [
    standing.length ? table(standing, deal, view, "Standing now") : h("p", {}, "Nothing stands now."),
    over.length ? h("details", { id: "duties-over" }, h("summary", {}, `${over.length} over and done`), table(over, deal, view, "Over and done")) : null,
    deal.caps.length ? h("details", { id: "caps" }, h("summary", {}, `${deal.caps.length} ${deal.caps.length === 1 ? "limit" : "limits"}`),
      deal.caps.map((each) => h("p", {}, each.text, " ", cited(each.section, view.show), h("br"),
        h("span", { class: "quiet" }, `used ${each.used ? each.used.text : "is open"}`, each.limit ? ` of ${each.limit.text}` : ", the limit is not known",
          each.excess && !/ 0(\.0*)?$/.test(each.excess.text) ? `; beyond it ${each.excess.text}` : "")))) : null,
  ];
}

function table(norms, deal, view, caption) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", { class: "hidden" }, caption),
    h("thead", {}, h("tr", {}, ["Who", "What", "By when", "How it stands"].map((each) => h("th", { scope: "col" }, each)))),
    h("tbody", {}, norms.map((norm) => h("tr", { id: `norm-${slug(norm.key)}` },
      h("th", { scope: "row" }, norm.bearers.map((each) => (deal.yourParties.includes(each) ? `${each} (you)` : each)).join(", ")),
      h("td", {}, h("span", { class: "quiet" }, `${norm.modality} `), norm.text, norm.about ? ` · ${norm.about}` : "", " ", cited(norm.section, view.show),
        norm.owed ? h("div", { class: "quiet" }, `owed ${norm.owed.text}`, norm.paid ? `, paid ${norm.paid.text}` : "") : null),
      h("td", {}, norm.due ? [time(norm.due), h("div", { class: "quiet" }, away(norm.due, deal.asOf))]
        : norm.stopped ? ["its clock stands still since ", time(norm.stopped)] : norm.vague || "no date"),
      h("td", {}, badge(norm.status, TONES[norm.status]),
        norm.assertedBy.length ? h("div", { class: "quiet" }, `${norm.assertedBy.join(", ")} says it is breached`) : null))))));
}
