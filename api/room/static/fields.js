// A form field for each type that the API tells, and its content in the words of the language.

import { h, slug } from "/room/dom.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

const quoted = (text) => `"${text.replaceAll('"', "'")}"`;

/** `2026-06-03` as the language writes it: `3 June 2026`. */
function written(date) {
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/**
 * `1234.5` as `1,234.50`, with the decimals of its currency. What is no number stays as it is, and so do decimals too
 * many: the service says what is wrong with them.
 */
function grouped(amount, currency) {
  const bare = amount.replaceAll(",", "").trim();
  if (!/^\d+(\.\d+)?$/.test(bare)) return amount.trim();
  const [whole, part = ""] = bare.split(".");
  const decimals = /^[A-Z]{3}$/.test(currency)
    ? new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits : 0;
  const padded = part.padEnd(decimals, "0");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (padded ? `.${padded}` : "");
}

/** `USD 5` as `USD 5.00`; a number alone is of the unit given. */
function amountOf(given, unitOf) {
  const [, currency, bare] = /^([A-Z]{3}) (.*)$/.exec(given) ?? [null, unitOf, given];
  return currency.length === 3 ? `${currency} ${grouped(bare, currency)}` : `${grouped(bare, "")} ${currency}`;
}

const unit = (type) => type.replace(/^amount of /, "");

/**
 * The field for a need `{ name, type, optional | required }`. `names` are those of the deal, for whoever is paid.
 * Comes back as `{ element, given() }`; `given()` is the content, empty where nothing was said.
 */
export function field(id, need, names) {
  const optional = need.optional ?? need.required === false;
  const label = (target) => h("label", { for: target }, need.name === "content" ? "Content" : need.name,
    optional ? h("span", { class: "quiet" }, " (optional)") : null);
  if (need.type === "payments") return payments(id, need, names);
  if (need.type === "yes-or-no" || need.type.startsWith("one of ")) {
    const choices = need.type === "yes-or-no" ? ["yes", "no"] : need.type.slice(7).split(", ");
    const box = h("select", { id, required: !optional }, h("option", { value: "" }, "Choose"),
      choices.map((each) => h("option", { value: each }, each)));
    return { element: h("div", {}, label(id), box), given: () => box.value };
  }
  const amount = need.type.startsWith("amount of ");
  const box = need.type === "clauses"
    ? h("textarea", { id, required: !optional, rows: 4 })
    : h("input", { id, required: !optional, autocomplete: "off", type: need.type === "date" ? "date" : "text",
      inputmode: amount ? "decimal" : need.type === "number" ? "numeric" : null,
      "aria-describedby": `${id}-type`, list: need.type === "name" ? `${id}-names` : need.type === "text" ? "held-files" : null });
  const given = () => box.value.trim();
  const somebody = () => (given() && !names.includes(given()) ? quoted(given()) : given());
  const hint = need.type === "date" || need.type === "text" ? null : amount ? unit(need.type) : need.type;
  return {
    element: h("div", {}, label(id), box, h("span", { class: hint ? "quiet hint" : "hidden", id: `${id}-type` }, hint ?? need.type),
      need.type === "name" ? h("datalist", { id: `${id}-names` }, names.map((each) => h("option", { value: each }))) : null),
    given: need.type === "name" ? somebody : given,
  };
}

/** Who gets how much: a line for each payee, and who gets the rest. */
function payments(id, need, names) {
  const rows = h("div", { class: "rows" });
  let count = 0;
  const payee = (target, first) => h("select", { id: target }, h("option", { value: "" }, first),
    names.map((name) => h("option", { value: name }, name)));
  function row() {
    count += 1;
    rows.append(h("div", { class: "row" },
      h("label", { for: `${id}-amount-${count}` }, `Amount ${count}`),
      h("input", { id: `${id}-amount-${count}`, inputmode: "decimal", autocomplete: "off", placeholder: "USD 1,000.00" }),
      h("label", { for: `${id}-payee-${count}` }, "to"), payee(`${id}-payee-${count}`, "Choose")));
  }
  for (let each = 0; each < 3; each += 1) row();
  const rest = payee(`${id}-rest`, "nobody");
  const element = h("fieldset", {}, h("legend", {}, need.name), rows,
    h("p", {}, h("button", { type: "button", class: "plain", onclick: row }, "Another line")),
    h("div", { class: "row" }, h("label", { for: `${id}-rest` }, "The rest to"), rest));
  return {
    element,
    given() {
      const lines = [...rows.children].flatMap((each) => {
        const amount = each.querySelector("input").value.trim(), to = each.querySelector("select").value;
        return amount && to ? [`${/^[A-Z]{3} /.test(amount) ? amountOf(amount, "") : amount} to ${to}`] : [];
      });
      return [...lines, ...(rest.value ? [`the rest to ${rest.value}`] : [])].join(", ");
    },
  };
}

/** A content as a client may send it by itself, for the field of a form that is sent in parts. */
export const plain = (need, given) => (need.type.startsWith("amount of ") ? given.replaceAll(",", "").replace(/^[A-Z]{3} /, "") : given);

/** A content in the words of the language. */
export function words(need, given) {
  switch (need.type) {
    case "text": return quoted(given);
    case "date": return written(given);
    case "clauses": return `clauses ${quoted(given)}`;
    case "section": return /^section /.test(given) ? given : `section ${given}`;
    case "name": case "payments": case "yes-or-no": case "number": case "rate": case "period": case "instant": return given;
    default:
      if (need.type.startsWith("one of ")) return given;
      if (need.type.startsWith("amount of ")) return amountOf(given, unit(need.type));
      return quoted(given); // an entry, by its name
  }
}

/**
 * The sentence of an act, from the one that `availableActions` gives: each of its three dots is replaced by what was
 * said, what is optional is added, and a new entry gets the name that was chosen for it.
 */
export function sentence(action, given, name) {
  let text = action.text;
  if (name) text = text.replace(`the ${action.subject}`, `the ${action.subject} ${quoted(name)}`);
  const said = action.needs.map((need) => ({ need, content: given[need.name] ?? "" }));
  for (const { need, content } of said.filter((each) => !each.need.optional)) {
    const before = text.slice(0, text.indexOf("..."));
    const written = words(need, content);
    const twice = need.type.startsWith("amount of ") && before.endsWith(`${unit(need.type)} `);
    text = before + (twice ? written.slice(unit(need.type).length + 1) : written) + text.slice(before.length + 3);
  }
  const more = said.filter((each) => each.need.optional && each.content).map(({ need, content }) => `${need.name} as ${words(need, content)}`);
  if (!more.length) return text;
  return `${text}${/ stating /.test(text) ? " and " : " stating "}${more.join(" and ")}`;
}

/** Whether an act makes a new entry that can be given a name. */
export const canBeNamed = (action) =>
  ["make", "sign"].includes(action.verb) && !action.text.includes(`the ${action.subject} "`) && action.needs.length > 0;

export const inputId = (action, need) => `${slug(`${action.actor} ${action.text}`)}-${slug(need.name)}`;
