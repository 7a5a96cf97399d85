// What the reader can do now, each as a form made from what `availableActions` tells, and what is blocked, with why.

import { act, ask, newKey, Problem, understood, whole } from "/room/client.js";
import { isNear, who } from "/room/conditions.js";
import { badge, byId, cited, copy, h, slug, tell, time, tree, waiting } from "/room/dom.js";
import { canBeNamed, field, sentence } from "/room/fields.js";
import { canSign, keyOf, makeKey, signed, toSign } from "/room/keys.js";
import { PREVIEW, SUBMIT, WHY_NOT } from "/room/queries.js";

const ASIDE = ["fill", "choose"];

export function actionsPanel(deal, view) {
  if (!deal.yourParties.length) return h("p", {}, "You act for nobody here at this instant.");
  const names = deal.roles.map((each) => each.role);
  const made = (list) => list.map((each) => possibility(each, deal, view, names));
  return [
    view.answer ? answer(view.answer, deal, view) : null,
    view.signing ? signing(view.signing, view) : null,
    view.acting ? null : h("p", { class: "quiet" }, "Shown as it is at this instant. Go back to now to act."),
    deal.yourParties.map((party) => {
      const own = deal.availableActions.filter((each) => each.actor === party);
      const can = own.filter((each) => each.allowed && !ASIDE.includes(each.verb));
      const settle = own.filter((each) => each.allowed && ASIDE.includes(each.verb));
      const blocked = own.filter((each) => !each.allowed);
      const wanted = can.filter((each) => isWanted(each, deal));
      const group = (name, list, title) => (list.length
        ? h("details", { id: `group-${slug(party)}-${name}` }, h("summary", {}, title), made(list)) : null);
      return h("div", { class: "actor" }, h("h3", {}, party),
        made(wanted),
        group("more", can.filter((each) => !wanted.includes(each)), `${can.length - wanted.length} more that ${party} may do`),
        group("settle", settle, `${settle.length} blanks and readings to settle`),
        group("blocked", blocked, `${blocked.length} blocked, and why`));
    }),
  ];
}

/** Whether something waits for this very act: a duty that stands, a paper, or a condition that has come far. */
function isWanted(action, deal) {
  const duty = deal.norms.some((each) => each.modality === "duty" && ["active", "overdue"].includes(each.status)
    && each.section === action.section && each.bearers.includes(action.actor));
  const paper = action.verb === "sign" && deal.documents.some((each) => (each.kind === action.subject || each.section === action.section)
    && each.signatures.some((one) => one.signer === action.actor && one.status === "missing"));
  return duty || paper || deal.checklists.some((list) => isNear(list) && list.lines.some(({ item }) =>
    item.truth !== "TRUE" && item.waits.some((wait) => wait.who.includes(action.actor) && wait.text.includes(` ${action.verb} `) && wait.text.includes(action.subject))));
}

/** An act with its words in front, and the form inside. */
function possibility(action, deal, view, names) {
  const id = slug(`${action.actor} ${action.text}`);
  return h("details", { id: `act-${id}`, class: `act${action.allowed ? "" : " blocked"}` },
    h("summary", {}, action.text, action.allowed ? "" : [" ", badge("blocked", "bad")], action.by ? h("span", { class: "quiet" }, ` by ${action.by}`) : null),
    action.allowed ? null : reasons(action, view),
    h("p", { class: "quiet" }, "Section ", cited(action.section, view.show)),
    action.rules.length ? h("div", { class: "quiet" }, "It must meet:", h("ul", {}, action.rules.map((each) => h("li", {}, each.text, ` (${each.section})`)))) : null,
    action.keyed && !view.key ? keyNeeded(view, () => byId(`act-${id}`)?.querySelector("summary").focus())
      : view.acting && !action.text.includes("according to ...") ? form(id, action, deal, view, names) : null);
}

/** What is signed with a key, where this browser has none yet; `then` goes on once there is one. */
function keyNeeded(view, then) {
  const told = h("div", { role: "alert" });
  async function make() {
    const answer = await makeKey(view.me.id);
    if (answer.code === "NOT_ENDORSED") { told.replaceChildren(...carried(answer, make)); return; }
    if (answer.__typename === "Invalid") { told.replaceChildren(...answer.problems.map((each) => h("p", { class: "error" }, each))); return; }
    view.key = await keyOf(view.me.id);
    view.drawOne("actions");
    await then();
    tell("Your key is made and registered. It stays in this browser.");
  }

  /** What to carry to the browser that has a key, which signs for this one. */
  const carried = ({ id, text }, again) => [
    h("p", {}, "You have a key already, which has to sign for this one. In the browser that has it, open “My keys” under “My deals” and paste this there; then go on here. "
      + "If that browser is gone, ask whoever runs the service."),
    h("label", { for: `carried-${id}` }, `The key ${id.slice(0, 8)} of this browser`),
    h("textarea", { id: `carried-${id}`, class: "given", readonly: true, rows: 4, spellcheck: "false" }, text),
    h("p", { class: "buttons" }, copy(text, "Copy it"), " ", h("button", { type: "button", onclick: () => view.guarded(again) }, "Go on")),
  ];

  return h("div", {}, h("p", { class: "quiet" }, "This has to be signed with a registered key, and there is none in this browser."),
    canSign() ? h("p", { class: "buttons" }, h("button", { type: "button", onclick: () => view.guarded(make) }, "Make a key in this browser"))
      : h("p", { class: "quiet" }, "Browsers make keys for pages with HTTPS alone; ", h("code", {}, "clausula submit --sign"), " signs, too."), told);
}

/** What is about to be signed, in the words of the agreement. */
function signing({ given, found, done }, view) {
  const end = () => { view.signing = null; view.drawOne("actions"); };
  async function sign() {
    const signature = await signed(view.key, found);
    view.signing = null;
    await done(await act(SUBMIT, { ...given, signature }));
  }
  return h("div", { id: "signing", class: "answer", tabindex: "-1" },
    h("p", {}, h("b", {}, "You sign: "), found.effect),
    h("details", { id: "signing-text" }, h("summary", {}, "The text that your key signs"), h("pre", { class: "text" }, found.text)),
    h("p", { class: "buttons" }, h("button", { type: "button", class: "main", onclick: () => view.guarded(sign) }, "Sign it and do it"), " ",
      h("button", { type: "button", onclick: end }, "Not now")));
}

function reasons(action, view) {
  const lines = action.reasons.flatMap((each) => each.lines);
  return h("div", { class: "why" }, h("p", {}, h("b", {}, "Why not: "), action.summary || "The agreement says nothing of it."),
    lines.length ? h("details", { id: `why-${slug(`${action.actor} ${action.text}`)}` }, h("summary", {}, "The reasons"), tree(lines, view.show)) : null,
    action.waits.length ? action.waits.map(waiting) : null);
}

function form(id, action, deal, view, names) {
  const fields = action.needs.map((need) => ({ need, made: field(`in-${id}-${slug(need.name)}`, need, names) }));
  const name = canBeNamed(action) ? h("input", { id: `name-${id}`, autocomplete: "off" }) : null;
  const told = h("div", {});
  const as = action.by ? `${action.actor} by ${action.by}` : action.actor;
  const text = () => sentence(action, Object.fromEntries(fields.map(({ need, made }) => [need.name, made.given()])), name?.value.trim());
  let sent = { text: "", key: "" };

  async function doIt(words = text()) {
    if (sent.text !== words) sent = { text: words, key: newKey() }; // sent again after a failure, it is done once
    const given = { deal: deal.dealId, as, text: words, key: sent.key, version: view.now.version };
    if (action.keyed) { await ready(given); return; }
    await done(await act(SUBMIT, given));
  }

  async function done(submit) {
    sent = { text: "", key: "" };
    await answered(submit, view, told);
  }

  async function ready(given) {
    const found = await toSign(view.key, given);
    if (found.__typename === "Invalid") { told.replaceChildren(...outcome(found, view, "")); return; }
    if (!view.acting) await view.stand(null);
    view.answer = null;
    view.signing = { given, found, done };
    view.drawOne("actions");
    byId("signing").focus();
  }

  async function suppose() {
    const words = text();
    const given = { deal: deal.dealId, as, text: words };
    const { preview } = await ask(PREVIEW, given);
    if (preview.answer?.__typename === "Accepted") {
      const supposed = await whole(preview.deal, async (after) => (await ask(PREVIEW, { ...given, ...after })).preview.deal);
      view.suppose({ deal: supposed, changes: preview.changes, act: `${as}: ${words}.`, as, text: words, doIt: () => doIt(words) });
    } else told.replaceChildren(...outcome(preview.answer ?? preview, view, "would be "));
  }

  async function unlock() {
    told.replaceChildren(h("p", { class: "quiet" }, "Looking for ways ..."));
    const { whyNot } = await ask(WHY_NOT, { deal: deal.dealId, as, text: text() });
    told.replaceChildren(...ways(understood(whyNot), deal));
  }

  return h("form", { onsubmit: (event) => { event.preventDefault(); view.guarded(() => doIt()); } },
    name ? h("div", {}, h("label", { for: name.id }, "Its name", h("span", { class: "quiet" }, " (optional)")), name) : null,
    fields.map(({ made }) => made.element),
    h("p", { class: "buttons" },
      h("button", { class: action.allowed ? "main" : "" }, action.allowed ? "Do it" : "Try it all the same"), " ",
      h("button", { type: "button", onclick: (event) => event.target.form.reportValidity() && view.guarded(suppose) }, "What if"), " ",
      action.allowed || action.text.includes("...") ? null : h("button", { type: "button", onclick: () => view.guarded(unlock) }, "What would unlock it")),
    action.allowed ? null : h("p", { class: "quiet" }, "A refusal is recorded, with its reasons."),
    told);
}

// --------------------------------------------------------------------- answers

async function answered(result, view, told) {
  if (result.__typename === "Conflict") {
    await view.refresh();
    throw new Problem([{ message: "The deal has moved on since you looked. Nothing was done: look again, then send it." }]);
  }
  if (result.__typename === "Invalid") {
    told.replaceChildren(...outcome(result, view, ""));
    if (!told.isConnected) { view.answer = result; view.drawOne("actions"); } // the form was drawn anew since
    tell("Not understood.");
    return;
  }
  if (result.__typename === "Accepted") {
    told.closest("form").reset();
    told.closest("details").open = false;
  }
  view.answer = result;
  await view.stand(null);
  byId("answer").focus();
  tell(`${result.__typename === "Accepted" ? "Accepted" : "Refused"} under section ${result.section}.`);
}

function answer(result, deal, view) {
  const close = h("button", { type: "button", class: "plain", onclick: () => { view.answer = null; view.drawOne("actions"); byId("actions-title").focus(); } }, "Close");
  return h("div", { id: "answer", class: `answer ${result.__typename.toLowerCase()}`, tabindex: "-1" },
    Number(deal.version) > Number(result.version) ? h("p", { class: "quiet" }, "The deal has moved on since; this was the answer then.") : null,
    outcome(result, view, ""), close);
}

function outcome(result, view, would) {
  switch (result.__typename) {
    case "Accepted":
      return [h("p", {}, badge("accepted", "good"), ` ${result.act} It is accepted under section `, cited(result.section, view.show), ". ", result.note),
        result.changes.length ? h("ul", {}, result.changes.map((each) => h("li", {}, each.text, h("span", { class: "quiet" }, ` (section ${each.section})`)))) : null].filter(Boolean);
    case "Refused":
      return [h("p", {}, badge(`${would}refused`, "bad"), ` ${result.act} Refused under section `, cited(result.section, view.show), ": ", result.summary),
        tree(result.reasons.flatMap((each) => each.lines), view.show)];
    default:
      return result.problems.map((each) => h("pre", { class: "error" }, each));
  }
}

function ways(found, deal) {
  const step = (each) => h("li", {}, each.actors.length
    ? [h("b", {}, who(each.actors, deal)), `: ${each.text}`]
    : [each.text, " ", each.at ? time(each.at) : ""], h("span", { class: "quiet" }, ` (section ${each.section})`));
  return [
    ...found.ways.map((way, index) => h("div", {}, h("h4", {}, found.ways.length > 1 ? `Way ${index + 1}` : "A way", `, ${way.acts} ${way.acts === 1 ? "act" : "acts"}`), h("ol", {}, way.steps.map(step)))),
    h("p", { class: "quiet" }, found.ways.length ? "Each way was tried on the deal as it is. " : "No way was found, which is no proof that there is none. ",
      found.searched === "CUT_SHORT" ? "The search was cut short: there may be others." : ""),
  ];
}
