// Elements, moments and amounts: the few helpers that every part of the page uses.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, handlers (`onclick`) and children; nothing is ever read as markup. */
export function h(tag, given = {}, ...children) {
  return filled(document.createElement(tag), given, children);
}

/** The same for a drawing. */
export function s(tag, given = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), given, children);
}

function filled(element, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A name that is good as part of an id. */
export const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Say something to everybody, those who use a screen reader too. */
export function tell(text) {
  const place = byId("told");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 20);
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, 9000);
}

// ---------------------------------------------------------------------- time

let zone = "UTC";

/** In which zone moments are shown; one that the browser does not know is UTC. */
export function inZone(name) {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    zone = name;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    zone = "UTC";
  }
  return zone;
}

const DAY = { day: "numeric", month: "short", year: "numeric" };
const MINUTE = { ...DAY, hour: "2-digit", minute: "2-digit" };

export const moment = (instant, more = {}) =>
  new Intl.DateTimeFormat("en-GB", { ...MINUTE, ...more, timeZone: zone }).format(new Date(instant));

/** A moment, as people read it and as programs do. */
export const time = (instant) => h("time", { datetime: instant }, moment(instant));

/** How far away a moment is: `in 3 days`, `2 hours ago`. */
export function away(instant, from) {
  const seconds = (new Date(instant) - new Date(from)) / 1000;
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return seconds < 0 ? "a moment ago" : "in a moment";
}

// ------------------------------------------------------------- small pieces

/** One of several words for how something stands; never told by colour alone. */
export function badge(word, tone = "plain") {
  return h("span", { class: `badge ${tone}` }, word);
}

const TRUTHS = {
  TRUE: ["met", "good", "✓"], FALSE: ["not met", "bad", "✕"],
  PENDING: ["waits", "wait", "○"], OPEN: ["open", "open", "?"],
};

/** How a condition stands: a sign, with its word for who does not see it. */
export function truth(value) {
  const [word, tone, sign] = TRUTHS[value] ?? [String(value).toLowerCase(), "plain", "·"];
  return h("span", { class: `truth ${tone}` }, h("span", { "aria-hidden": "true" }, sign), h("span", { class: "hidden" }, `${word}: `));
}

/** A button that puts a text on the clipboard; browsers let pages do so with HTTPS or on one's own machine alone. */
export const copy = (text, words, label = null) => (navigator.clipboard
  ? h("button", { type: "button", class: "plain", "aria-label": label, onclick: async () => { await navigator.clipboard.writeText(text); tell("Copied."); } }, words) : null);

/** Several names as one reads them: `A, B or C`. */
export function listed(names, last = "and") {
  return names.length < 2 || !last ? names.join(", ") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** A section of the agreement, which leads to its text; `3.1(a)(iv), first sentence` stands in clause 3.1(a). */
export const cited = (section, show) =>
  section ? h("button", { type: "button", class: "cite", onclick: () => show(section) }, section) : null;

/** A tree from lines that each have a depth; what has items of its own is told without their words. */
export function tree(lines, show) {
  const top = h("ul", { class: "tree" });
  const open = [top];
  for (const [index, line] of lines.entries()) {
    const text = lines[index + 1]?.depth > line.depth ? line.text.replace(/ \((?:i|a|A|1)\) .*$/s, ":") : line.text;
    const item = h("li", {},
      h("div", { class: "line" }, truth(line.truth), h("span", {},
        line.label ? h("b", {}, `${line.label} `) : null, text, " ",
        line.note ? h("span", { class: "quiet" }, `(${line.note}) `) : null, cited(line.section, show))),
      (line.waits ?? []).map(waiting));
    open.length = line.depth + 1;
    open[line.depth].append(item);
    const below = h("ul", {});
    open.push(below);
    item.append(line.truth === "TRUE" ? h("details", {}, h("summary", { class: "quiet" }, "met by"), below) : below);
  }
  for (const empty of top.querySelectorAll("ul:empty")) (empty.closest("details:has(> ul:empty)") ?? empty).remove();
  return top;
}

/** What is waited for, and until when. */
export function waiting(wait) {
  return h("p", { class: "waits" }, h("span", { "aria-hidden": "true" }, "→ "), "Waits for: ", wait.text,
    wait.at ? [" (", time(wait.at), ")"] : null);
}

/** Put new content in a place; what the reader has opened, filled in or stands in stays so. */
export function renew(place, ...content) {
  const open = new Map([...place.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
  const values = new Map([...place.querySelectorAll("form [id]:is(input, select, textarea)")]
    .filter((each) => each.type !== "file").map((each) => [each.id, each.type === "checkbox" ? each.checked : each.value]));
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  place.replaceChildren(...content.flat(Infinity).filter(Boolean));
  for (const [id, was] of open) if (byId(id)) byId(id).open = was;
  for (const [id, value] of values) {
    const found = byId(id);
    if (found && place.contains(found)) found[found.type === "checkbox" ? "checked" : "value"] = value;
  }
  if (focused) byId(focused)?.focus({ preventScroll: true });
}
