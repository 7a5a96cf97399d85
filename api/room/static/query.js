// Ask the API: a question, its variables and the answer, beside the schema; streams show each message as it comes.

import { ask, follow, send } from "/room/client.js";
import { badge, byId, h, tell } from "/room/dom.js";
import { STARTERS } from "/room/starters.js";

const SCHEMA = `query Schema { __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description
    fields(includeDeprecated: true) { name description args { name description type { ...T } } type { ...T } }
    inputFields { name description type { ...T } }
    enumValues { name description }
    possibleTypes { name } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

const OURS = (type) => !type.name.startsWith("__");

export async function queryPage(place) {
  document.title = "Ask the API · Deal room";
  let stop = () => {};
  const query = h("textarea", { id: "query", rows: 18, spellcheck: "false", autocomplete: "off", onkeydown: keys });
  const variables = h("textarea", { id: "variables", rows: 4, spellcheck: "false", autocomplete: "off", onkeydown: keys });
  const result = h("pre", { id: "result", class: "text", tabindex: "0", "aria-label": "The answer" }, "");
  const starter = h("select", { id: "starter", onchange: () => start(STARTERS[starter.selectedIndex]) }, STARTERS.map((each) => h("option", {}, each.name)));
  const stopped = h("button", { type: "button", disabled: true, onclick: () => { stop(); stopped.disabled = true; } }, "Stop");

  function start(each) {
    query.value = each.query;
    const given = { ...each.variables };
    if ("deal" in given) given.deal = sessionStorage.getItem("deal") ?? ""; // the one that was looked at last
    variables.value = JSON.stringify(given, null, 2);
  }

  function keys(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); run(); }
  }

  async function run() {
    stop();
    let given;
    try {
      given = JSON.parse(variables.value.trim() || "{}");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      result.textContent = `The variables are no JSON: ${error.message}`;
      return;
    }
    if (/^\s*subscription\b/m.test(query.value)) {
      result.textContent = "";
      stopped.disabled = false;
      stop = follow(query.value, () => given, (message) => { result.append(`${JSON.stringify(message, null, 2)}\n`); },
        (state) => { if (state === "ended") stopped.disabled = true; });
      return;
    }
    const began = performance.now();
    try {
      result.textContent = JSON.stringify(await send(query.value, given), null, 2);
    } catch (error) {
      result.textContent = error.message;
    }
    tell(`Answered in ${Math.round(performance.now() - began)} ms.`);
  }

  place.replaceChildren(h("div", { class: "wide" }, h("h1", {}, "Ask the API"), h("div", { class: "asking" },
    h("div", {}, h("label", { for: "starter" }, "Begin with"), starter, h("label", { for: "query" }, "Operation"), query,
      h("label", { for: "variables" }, "Variables, as JSON"), variables,
      h("p", { class: "buttons" }, h("button", { type: "button", class: "main", id: "run", onclick: run }, "Ask"), " ", stopped,
        h("span", { class: "quiet" }, " Ctrl and Enter asks, too."))),
    h("div", {}, h("h2", {}, "Answer"), result), h("div", { id: "schema" }))));
  start(STARTERS[0]);
  await browser(byId("schema"));
  return () => stop();
}

// -------------------------------------------------------------- the schema

async function browser(place) {
  const { __schema: schema } = await ask(SCHEMA);
  const types = new Map(schema.types.filter(OURS).map((each) => [each.name, each]));
  const roots = ["queryType", "mutationType", "subscriptionType"].map((each) => schema[each]?.name).filter(Boolean);
  const inside = h("div", { "aria-live": "polite" });
  const found = h("ul", { class: "found" });
  const search = h("input", { id: "find", type: "search", autocomplete: "off", oninput: () => list(search.value.trim().toLowerCase()) });

  const open = (name) => { inside.replaceChildren(...shown(types.get(name))); };
  const link = (name) => (types.get(name)?.fields || types.get(name)?.inputFields || types.get(name)?.enumValues || types.get(name)?.possibleTypes || types.get(name)?.description
    ? h("button", { type: "button", class: "cite", onclick: () => open(name) }, name) : name);
  const typed = (type) => (type.kind === "NON_NULL" ? [typed(type.ofType), "!"] : type.kind === "LIST" ? ["[", typed(type.ofType), "]"] : link(type.name));
  const member = (each) => h("li", {}, h("code", {}, each.name,
    each.args?.length ? ["(", each.args.map((one, index) => [index ? ", " : "", one.name, ": ", typed(one.type)]), ")"] : "", each.type ? [": ", typed(each.type)] : ""),
  each.description ? h("div", { class: "quiet" }, each.description) : null);

  function shown(type) {
    return [h("h3", {}, type.name, " ", badge(type.kind.toLowerCase().replace("_", " "))), type.description ? h("p", {}, type.description) : null,
      h("ul", { class: "members" }, [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].map(member),
        (type.possibleTypes ?? []).map((each) => h("li", {}, link(each.name))))].filter(Boolean);
  }

  function list(word) {
    const hits = word ? [...types.values()].flatMap((type) => [
      ...(type.name.toLowerCase().includes(word) ? [h("li", {}, link(type.name))] : []),
      ...(type.fields ?? type.inputFields ?? []).filter((each) => each.name.toLowerCase().includes(word)).map((each) => h("li", {}, link(type.name), `.${each.name}`)),
    ]).slice(0, 40) : roots.map((name) => h("li", {}, link(name)));
    found.replaceChildren(...hits);
  }

  place.replaceChildren(h("h2", {}, "Schema"), h("label", { for: "find" }, "Find a type or a field"), search, found, inside);
  list("");
  open(roots[0]);
}
