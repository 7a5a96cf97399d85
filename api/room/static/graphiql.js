// GraphiQL, from the files that are shipped with the service: requests to begin with, each in a tab of its own, and
// streams, which come over the same WebSocket as those of the deal room.
//
// Whoever is signed in to the deal room in this tab asks as that person. All it remembers is gone with the tab, too.

import { follow, send, takeToken, token } from "/room/client.js";
import { STARTERS } from "/room/starters.js";

const { GraphiQL, React, ReactDOM } = globalThis;

/** What GraphiQL asks: an answer, or the messages of a stream until it is stopped. */
function fetcher({ query, operationName: named, variables }) {
  const operations = [...query.matchAll(/^\s*(query|mutation|subscription)\b\s*(\w*)/gm)].map(([, kind, name]) => ({ kind, name }));
  const chosen = operations.find(({ name }) => name === named) ?? operations[0]; // it may name one of the tab before
  const operationName = chosen?.name || undefined;
  if (chosen?.kind !== "subscription") return send(query, variables, operationName);
  return {
    subscribe({ next, complete }) {
      const state = (now) => { if (now === "ended") complete(); };
      return { unsubscribe: follow(query, () => variables, next, state, { operationName, once: true }) };
    },
  };
}

/** What GraphiQL remembers, in this tab and beside the token, which it does not clear. */
const storage = {
  getItem: (name) => sessionStorage.getItem(name),
  setItem: (name, value) => sessionStorage.setItem(name, value),
  removeItem: (name) => sessionStorage.removeItem(name),
  get length() { return sessionStorage.length; },
  clear() { for (const name of Object.keys(sessionStorage)) if (name.startsWith("graphiql:")) sessionStorage.removeItem(name); },
};

/** The requests to begin with; a deal in them is the one that was looked at last. */
function starters() {
  const deal = sessionStorage.getItem("deal") ?? "";
  return STARTERS.map(({ name, query, variables }) => ({
    query: [`# ${name}`, "", query].join("\n"),
    variables: variables ? JSON.stringify("deal" in variables ? { ...variables, deal } : variables, null, 2) : "",
  }));
}

/** Its editors say what they are for, and what scrolls is reached by keyboard: it leaves both out. */
function named() {
  const names = { ".graphiql-query-editor": "The operation", ".result-window": "The answer", ".graphiql-editor-tool": "The variables" };
  for (const [place, name] of Object.entries(names)) {
    for (const each of document.querySelectorAll(`${place} textarea:not([aria-label])`)) each.setAttribute("aria-label", name);
  }
  for (const each of document.querySelectorAll(".CodeMirror-scroll:not([tabindex='0'])")) each.tabIndex = 0;
}

takeToken();
if (!token()) location.replace("/");
else {
  const made = React.createElement(GraphiQL, {
    fetcher, storage, defaultTabs: starters(), defaultEditorToolsVisibility: "variables", isHeadersEditorEnabled: false, showPersistHeadersSettings: false,
    inputValueDeprecation: true, schemaDescription: true,
  }, React.createElement(GraphiQL.Logo, {}, React.createElement("a", { href: "/" }, "Deal room")));
  const place = document.getElementById("graphiql");
  new MutationObserver(named).observe(place, { childList: true, subtree: true });
  ReactDOM.createRoot(place).render(made);
}
