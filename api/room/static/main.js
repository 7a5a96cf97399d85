// From the address to a page: sign in, my deals, a new deal, and one deal.

import { act, ask, Problem, signIn, signOut, takeToken, token } from "/room/client.js";
import { dealPage } from "/room/deal.js";
import { badge, byId, h, listed, tell, time } from "/room/dom.js";
import { keysCard } from "/room/mykeys.js";
import { openingPage } from "/room/opening.js";
import { ACCEPT, DEALS, ME } from "/room/queries.js";

let leave = () => {};
let come = false; // who goes from page to page is led to its beginning; who comes first is there

async function show() {
  takeToken();
  leave();
  leave = () => {};
  const place = byId("main");
  if (location.hash === "#main" || location.hash === "#skip") { place.focus(); return; }
  const [, page = "", name = ""] = location.hash.slice(1).split("/");
  menu(null);
  if (!token()) { signInPage(place); return; }
  try {
    const { me } = await ask(ME);
    menu(me, page);
    if (page === "deal" && name) leave = await dealPage(place, decodeURIComponent(name), me);
    else if (page === "open") await openingPage(place, me);
    else await dealsPage(place, me);
    if (come) place.focus({ preventScroll: true });
    come = true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    failed(place, error);
  }
}

function failed(place, error) {
  if (error.code === "UNAUTHENTICATED") {
    signOut();
    menu(null);
    signInPage(place, "This token is not valid, or not any more.");
    return;
  }
  place.replaceChildren(h("div", { class: "page" }, h("h1", {}, "That did not work"),
    h("p", { class: "error", role: "alert" }, error.message),
    h("p", {}, h("button", { type: "button", onclick: show }, "Try again"))));
}

function menu(me, page) {
  const link = (where, text, here) => h("a", { href: where, "aria-current": here && "page" }, text);
  byId("menu").replaceChildren(...(me ? [
    link("#/", "My deals", !page || page === "deal"), link("#/open", "New deal", page === "open"),
    link("/graphiql", "Ask the API"),
    h("span", { class: "me" }, me.name || me.id),
    h("button", { type: "button", class: "plain", onclick: () => { signOut(); location.hash = "#/"; show(); } }, "Sign out"),
  ] : []));
}

// ------------------------------------------------------------------- signing in

function signInPage(place, problem) {
  document.title = "Sign in · Deal room";
  const input = h("input", {
    id: "token", type: "password", required: true, autocomplete: "off", spellcheck: "false",
    "aria-describedby": problem ? "why token-help" : "token-help",
  });
  place.replaceChildren(h("div", { class: "page narrow" },
    h("h1", {}, "Sign in"),
    problem ? h("p", { class: "error", id: "why", role: "alert" }, problem) : null,
    h("form", { onsubmit: (event) => { event.preventDefault(); signIn(input.value); show(); } },
      h("label", { for: "token" }, "Your token"), input,
      h("p", { class: "quiet", id: "token-help" }, "Whoever runs the service gives you one: ",
        h("code", {}, "clausula token NAME"), ". A link that ends in ", h("code", {}, "#token=..."),
        " signs you in by itself. The token stays in this tab, and is gone when you close it."),
      h("button", {}, "Sign in"))));
  input.focus();
}

// -------------------------------------------------------------------- my deals

async function dealsPage(place, me) {
  document.title = "My deals · Deal room";
  const list = h("ul", { class: "deals" });
  const more = h("p", {});
  async function page(after) {
    const { deals } = await ask(DEALS, { after });
    list.append(...deals.edges.map(({ node }) => h("li", {}, h("a", { href: `#/deal/${node.dealId}` },
      h("b", {}, node.agreement.replaceAll("_", " ")),
      h("span", {}, "You act for ", listed(node.yourParties)),
      h("span", { class: "quiet" }, "opened ", time(node.openedAt)),
      h("code", { class: "quiet" }, node.dealId.slice(0, 8))))));
    more.replaceChildren(...(deals.pageInfo.hasNextPage
      ? [h("button", { type: "button", onclick: () => page(deals.pageInfo.endCursor).catch((error) => tell(error.message)) }, "Older deals")] : []));
  }
  await page(null);
  const invitation = h("textarea", { id: "invitation", required: true, rows: 3, autocomplete: "off", spellcheck: "false" });
  const problems = h("div", { role: "alert" });
  async function accept(event) {
    event.preventDefault();
    try {
      const answer = await act(ACCEPT, { text: invitation.value.trim() });
      if (answer.__typename === "Accepted") { await dealsPage(place, me); tell(`Accepted: ${answer.act}`); } else problems.replaceChildren(...answer.problems.map((each) => h("p", { class: "error" }, each)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.replaceChildren(h("p", { class: "error" }, error.message));
    }
  }
  place.replaceChildren(h("div", { class: "page" }, h("h1", {}, "My deals"),
    list.children.length ? [list, more] : h("p", {}, "You take part in no deal yet. ", h("a", { href: "#/open" }, "Open one"),
      ", or wait until somebody opens one with you.", " ", badge("no deals")),
    h("details", { class: "card" }, h("summary", {}, "I was invited"), h("form", { onsubmit: accept },
      h("label", { for: "invitation" }, "The invitation"), invitation, problems, h("p", { class: "buttons" }, h("button", {}, "Accept it")))),
    keysCard(me)));
  tell(`${list.children.length} deals.`);
}

addEventListener("hashchange", show);
addEventListener("pause", ({ detail }) => tell(`The service asks to wait for ${detail} s; what you asked goes on by itself.`));
show();
