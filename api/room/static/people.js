// Who acts for whom; whoever acts for a party invites others for it, gives them a seat and revokes it.

import { act, newKey } from "/room/client.js";
import { byId, copy, h, slug, tell, time } from "/room/dom.js";
import { INVITE, SEAT } from "/room/queries.js";

export function peoplePanel(deal, view) {
  const seated = (party) => deal.seats.filter((each) => each.party === party && each.acts).map((each) => each.person);
  const name = (person) => (person === view.me.id ? `${person} (you)` : person);
  return [
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Who acts for whom" }, h("table", {},
      h("caption", { class: "hidden" }, "Who acts for whom"),
      h("thead", {}, h("tr", {}, ["Party", "Who it is", "Who acts for it"].map((each) => h("th", { scope: "col" }, each)))),
      h("tbody", {}, deal.roles.map(({ role, filler }) => h("tr", {}, h("th", { scope: "row" }, role), h("td", {}, filler),
        h("td", {}, seated(role).map(name).join(", ") || "nobody here")))))),
    view.acting ? deal.yourParties.map((party) => seats(party, seated(party), deal, view)) : null,
  ];
}

function seats(party, persons, deal, view) {
  const id = slug(party);
  const problems = h("div", { role: "alert" });
  const person = h("input", { id: `seat-${id}`, required: true, autocomplete: "off", spellcheck: "false" });
  const days = h("input", { id: `days-${id}`, required: true, type: "number", min: 1, max: 30, value: 7 });
  const told = (answer) => problems.replaceChildren(...(answer.problems ?? []).map((each) => h("p", { class: "error" }, each)));

  async function seat(whom, acts) {
    const answer = await act(SEAT, { deal: deal.dealId, party, person: whom, acts, key: newKey() });
    told(answer);
    if (answer.__typename !== "Accepted") return;
    person.value = "";
    tell(acts ? `${whom} acts for ${party}.` : `${whom} acts for ${party} no longer.`);
    await view.stand(null);
  }

  async function invite() {
    const answer = await act(INVITE, { deal: deal.dealId, party, days: Number(days.value) });
    told(answer);
    if (answer.__typename !== "Invitation") return;
    view.invitations.set(party, answer);
    view.drawOne("people");
    byId(`invitation-${id}`).focus();
  }

  return h("details", { id: `seats-${id}`, class: "card" }, h("summary", {}, "Who acts for ", h("b", {}, party)),
    invitation(view.invitations.get(party), id),
    h("form", { onsubmit: (event) => { event.preventDefault(); view.guarded(invite); } },
      h("label", { for: days.id }, "Invite somebody, who has to come within so many days"), days,
      h("p", { class: "buttons" }, h("button", {}, "Write an invitation"))),
    h("form", { onsubmit: (event) => { event.preventDefault(); view.guarded(() => seat(person.value.trim(), true)); } },
      h("label", { for: person.id }, "Or give a seat to a person, by the name on the token"), person,
      h("p", { class: "buttons" }, h("button", {}, "Give a seat"))),
    persons.length > 1 ? h("p", { class: "buttons" }, persons.map((each) => h("button", {
      type: "button", onclick: () => view.guarded(() => seat(each, false)),
    }, `Revoke the seat of ${each}`))) : h("p", { class: "quiet" }, "The last seat cannot be revoked."),
    problems);
}

/** The text of an invitation: it is shown once, to be handed over. */
function invitation(found, id) {
  return found ? h("div", {}, h("label", { for: `invitation-${id}` }, "The invitation"),
    h("textarea", { id: `invitation-${id}`, class: "given", readonly: true, rows: 4, spellcheck: "false" }, found.text),
    h("p", { class: "buttons" }, copy(found.text, "Copy the invitation")),
    h("p", { class: "quiet" }, "Whoever accepts it first acts for ", found.party, ", until ", time(found.until), ". Hand it to one person only; who gets it pastes it under “My deals”.")) : null;
}
