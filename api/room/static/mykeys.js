// The keys that one signs with: which there are and where, one revoked, and the key of another browser signed for.

import { act, Problem } from "/room/client.js";
import { badge, h, tell, time } from "/room/dom.js";
import { endorse, kept, registered } from "/room/keys.js";
import { REVOKE_KEY } from "/room/queries.js";

/** A part of the page that looks the keys up when it is opened. */
export function keysCard(me) {
  const body = h("div", {});
  const show = () => guarded(body, async () => body.replaceChildren(...await keys(me, show)));
  return h("details", { class: "card", id: "my-keys", ontoggle: ({ target }) => { if (target.open) show(); } }, h("summary", {}, "My keys"), body);
}

async function guarded(place, work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    place.replaceChildren(h("p", { class: "error", role: "alert" }, error.message));
  }
}

async function keys(me, again) {
  const [found, own] = await Promise.all([registered(), kept(me.id)]);
  const problems = h("div", { role: "alert" });
  const told = async (answer, words) => {
    if (answer.__typename === "Invalid") { problems.replaceChildren(...answer.problems.map((each) => h("p", { class: "error" }, each))); return; }
    await again();
    tell(words);
  };
  const revoke = async (id) => told(await act(REVOKE_KEY, { id }), "The key is revoked.");
  const row = (each) => h("li", {}, h("code", {}, each.id.slice(0, 8)), " registered ", time(each.registeredAt), " ",
    each.id === own?.id ? badge("this browser", "good") : null, " ",
    each.revokedAt ? [badge("revoked", "bad"), " ", time(each.revokedAt)]
      : h("button", { type: "button", class: "plain", onclick: () => guarded(problems, () => revoke(each.id)) }, `Revoke ${each.id.slice(0, 8)}`));
  const counts = found.some((each) => each.id === own?.id && !each.revokedAt);
  const text = h("textarea", { id: "other-key", required: true, rows: 4, autocomplete: "off", spellcheck: "false", "aria-describedby": "other-key-help" });
  const count = async () => told(await endorse(own, me.id, text.value), "The key of the other browser counts now.");
  return [
    found.length ? h("ul", {}, found.map(row)) : h("p", {}, "You have no key. One is made where an act has to be signed."),
    counts ? h("form", { onsubmit: (event) => { event.preventDefault(); guarded(problems, count); } },
      h("label", { for: "other-key" }, "The key of another browser of yours"), text,
      h("p", { class: "quiet", id: "other-key-help" }, "Paste only what you have made yourself: whoever has that key, and your token, signs as you do."),
      h("p", { class: "buttons" }, h("button", {}, "Let it count"))) : null,
    problems,
  ].filter(Boolean);
}
