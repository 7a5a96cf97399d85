// A new deal: the agreement, who acts for whom, and its blanks; the form is made from what the schema tells of each.

import { act, ask, newKey, Problem } from "/room/client.js";
import { byId, h, slug, tell } from "/room/dom.js";
import { field, plain } from "/room/fields.js";
import { AGREEMENTS, OPEN } from "/room/queries.js";

const ACTING = ["party", "person", "payee", "court", "counsel"];

export async function openingPage(place, me) {
  document.title = "New deal · Deal room";
  const { agreements } = await ask(AGREEMENTS);
  const parts = h("div", {});
  const choice = h("select", { id: "agreement", onchange: () => parts.replaceChildren(form(chosen(), me)) },
    agreements.map((each) => h("option", { value: each.name }, each.title)));
  const chosen = () => agreements.find((each) => each.name === choice.value);
  place.replaceChildren(h("div", { class: "page" }, h("h1", {}, "New deal"),
    h("label", { for: "agreement" }, "Under which agreement"), choice, parts));
  if (agreements.length) parts.replaceChildren(form(chosen(), me));
}

function form(agreement, me) {
  const key = newKey(); // one form opens one deal, however often it is sent
  const roles = agreement.parties.filter((each) => ACTING.includes(each.role));
  const blanks = agreement.blanks.map((each) => ({ each, made: field(`blank-${slug(each.name)}`, each, []) }));
  const problems = h("div", { role: "alert" });

  async function open() {
    const openDeal = await act(OPEN, {
      agreement: agreement.name, key,
      signing: roles.filter((role) => byId(`signs-${slug(role.name)}`).checked).map((role) => role.name),
      roles: roles.flatMap((role) => {
        const persons = byId(`who-${slug(role.name)}`).value.split(",").map((name) => name.trim()).filter(Boolean);
        return persons.length ? [{ party: role.name, persons }] : [];
      }),
      blanks: blanks.flatMap(({ each, made }) => (made.given() ? [{ name: each.name, value: plain(each, made.given()) }] : [])),
    });
    if (openDeal.__typename === "Opened") {
      const { unseated } = openDeal;
      tell(`The deal is open.${unseated.length ? ` Nobody acts yet for ${unseated.join(", ")}: ask whoever runs the service to seat the first person.` : ""}`);
      location.hash = `#/deal/${openDeal.dealId}`;
    } else problems.replaceChildren(...openDeal.problems.map((each) => h("p", { class: "error" }, each)));
  }

  async function sent(event) {
    event.preventDefault();
    try {
      await open();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.replaceChildren(h("p", { class: "error" }, error.message));
    }
  }

  return h("form", { onsubmit: sent },
    h("fieldset", {}, h("legend", {}, "Who acts for whom"),
      h("p", { class: "quiet" }, "People by the name on their token; several with commas between them. You act for one of them."),
      h("div", { class: "fields" }, roles.map((role, index) => h("div", {},
      h("label", { for: `who-${slug(role.name)}` }, role.name, role.described ? h("span", { class: "quiet" }, ` ${role.described}`) : null),
      h("input", { id: `who-${slug(role.name)}`, autocomplete: "off", value: index ? null : me.id }))))),
    h("details", {}, h("summary", {}, "Acts that have to be signed with a registered key"), h("fieldset", {}, h("legend", {}, "Every act of"),
      roles.map((role) => h("label", { class: "check" }, h("input", { id: `signs-${slug(role.name)}`, type: "checkbox" }), role.name)),
      h("p", { class: "quiet" }, "Who acts for such a party makes a key in the deal room, or has one."))),
    blanks.length ? h("fieldset", {}, h("legend", {}, "Its blanks"), h("div", { class: "fields" }, blanks.map(({ each, made }) => h("div", {}, made.element,
      each.bounds || each.default ? h("p", { class: "quiet" }, each.bounds, each.default ? ` ${each.default} unless stated.` : "") : null)))) : null,
    problems, h("button", {}, "Open the deal"));
}
