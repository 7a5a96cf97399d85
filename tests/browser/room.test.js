// Two people in two browsers complete the funds escrow of 2005 in the deal room: Ada acts for the four companies and the
// directors, Ben for the escrow agent. What they do and what is refused is the walk of the README; the sections and
// amounts expected here are those of the agreement. On the way every page is tried for barriers, and pictures are taken.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test as node } from "node:test";
import { act, barriers, launched, opened, person, served } from "./people.js";

const PICTURES = process.env.PICTURES;
const PAYMENTS = {
  "Amount 1": "USD 450,000.00", "Amount 2": "USD 25,000.00", "Amount 3": "USD 1,525,000.00",
};
let server, browser, ada, ben, deal, second;

/** One step after the other; what follows a step that failed says nothing. */
let failed = false;
const test = (name, work) => node(name, async (step) => {
  if (failed) { step.skip("a step before it failed"); return; }
  failed = true;
  await work();
  failed = false;
});

const picture = async (page, name) => {
  if (!PICTURES) return;
  await page.evaluate(() => { document.getElementById("told")?.replaceChildren(); });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};

/** A picture of one part of the page, without the bar that sticks to the top. */
const pictureOf = async (page, part, name) => {
  if (!PICTURES) return;
  await page.locator(".jump").evaluate((bar) => { bar.hidden = true; });
  await page.locator(part).screenshot({ path: join(PICTURES, `${name}.png`) });
  await page.locator(".jump").evaluate((bar) => { bar.hidden = false; });
};

before(async () => {
  if (PICTURES) await mkdir(PICTURES, { recursive: true });
  server = await served();
  browser = await launched();
  ada = await person(browser, server.url);
  ben = await person(browser, server.url);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a wrong token is told so, and a right one opens the room, by keyboard alone", async () => {
  const { page } = ada;
  await page.goto(server.url);
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel("Your token").fill("nonsense");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "not valid" }).waitFor();

  await page.keyboard.type(await server.token("ada"));
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { name: "My deals" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  assert.equal(ada.complaints.splice(0).filter((each) => !/401/.test(each)).length, 0);
});

test("Ada opens the deal with a form made from the schema", async () => {
  const { page } = ada;
  await page.getByRole("link", { name: "New deal" }).click();
  await page.getByLabel("Under which agreement").selectOption("funds_escrow");
  const who = page.getByRole("group", { name: "Who acts for whom" });
  for (const party of ["NTSCO", "ATG", "Omaha", "Purchaser", "David Grin"]) await who.getByLabel(party).fill("ada");
  await who.getByLabel("Escrow Agent").fill("ben");
  await page.getByLabel("Agreement Date").fill("2005-09-01");
  await page.getByLabel("Agent's Fee").fill("25000");
  assert.deepEqual(await barriers(page), []);

  await page.getByRole("button", { name: "Open the deal" }).click();

  await page.getByRole("heading", { name: "Funds Escrow Agreement" }).waitFor();
  deal = /#\/deal\/(\w+)/.exec(page.url())[1];
  await page.locator("#link", { hasText: "live" }).waitFor();
});

test("Ben comes by a link, whose token leaves the address and the history at once", async () => {
  const { page } = ben;
  const token = await server.token("ben");

  await page.goto(`${server.url}/#token=${token}&deal=${deal}`);

  await page.getByRole("heading", { name: "Funds Escrow Agreement" }).waitFor();
  assert.equal(page.url(), `${server.url}/#/deal/${deal}`);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("token")), token);
  assert.equal(await page.evaluate(() => localStorage.length + document.cookie.length), 0);
});

test("they sign the papers and pay in, and each sees at once what the other did", async () => {
  assert.match(await act(ben.page, "Escrow Agent", "sign the Funds Escrow Agreement"), /^accepted/);
  await ada.page.locator("#timeline-body", { hasText: "The Escrow Agent: sign the Funds Escrow Agreement" }).waitFor();
  await ada.page.locator("#act-ntsco-sign-the-funds-escrow-agreement-funds-escrow-agreement").waitFor({ state: "attached" });
  for (const party of ["NTSCO", "ATG", "Omaha", "Purchaser"]) {
    assert.match(await act(ada.page, party, 'sign the Funds Escrow Agreement "Funds Escrow Agreement"'), /^accepted/, party);
    assert.match(await act(ada.page, party, "sign the Documents"), /^accepted/, party);
  }
  assert.match(await act(ada.page, "Purchaser", "deliver the Documents"), /^accepted/);
  assert.match(await act(ada.page, "Purchaser", 'deliver the Funds Escrow Agreement "Funds Escrow Agreement"'), /^accepted/);
  assert.match(await act(ada.page, "Purchaser", "deposit USD 12,000,000.00 into the Escrow Fund"), /2\.3/);

  await ben.page.locator("#glance-body", { hasText: "of USD 12,000,000.00 that came in" }).waitFor();
  assert.match(await ben.page.locator("#glance-body").innerText(), /Held\s+USD 12,000,000\.00/);
});

test("the joint instruction is written in a form, and signed by all four", async () => {
  const { page } = ada;
  const place = await opened(page, "NTSCO", "sign the Joint Instruction stating Payments as ...");
  const payees = place.getByLabel("to", { exact: true });
  for (const [index, payee] of ["Fund Manager", "Escrow Agent", "NTSCO"].entries()) await payees.nth(index).selectOption(payee);
  const answer = await act(page, "NTSCO", "sign the Joint Instruction stating Payments as ...",
    { "Its name": "JI-1", ...PAYMENTS, "The rest to": "ATG" });
  assert.match(answer, /USD 10,000,000\.00 to ATG.*accepted under section\s+3\.1\(a\)/s);

  for (const party of ["ATG", "Omaha", "Purchaser"]) assert.match(await act(page, party, 'sign the Joint Instruction "JI-1"'), /^accepted/, party);
  assert.match(await act(page, "Purchaser", 'deliver the Joint Instruction "JI-1"'), /^accepted/);
});

test("a release too early is refused under 3.1(a)(iv), with its reasons and what would unlock it", async () => {
  const { page } = ben;
  await page.locator("#conditions-body", { hasText: "11 of 13" }).waitFor();
  const release = await opened(page, "Escrow Agent", 'release the Escrow Fund according to "JI-1"');
  assert.match(await release.innerText(), /Why not: Not yet: David Grin or Eugene Grin can state a Verbal Instruction/);
  assert.deepEqual(await barriers(page), []);
  await release.getByRole("button", { name: "What would unlock it" }).click();
  await release.getByText("David Grin or Eugene Grin: state the Verbal Instruction").first().waitFor();
  await release.scrollIntoViewIfNeeded();

  const answer = await act(page, "Escrow Agent", 'release the Escrow Fund according to "JI-1"', {}, "Try it all the same");

  assert.match(answer, /^refused.*Refused under section\s+3\.1\(a\)\(iv\)\(A\)/s);
  assert.match(answer, /Waits for: David Grin or Eugene Grin can state a Verbal Instruction/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
  assert.deepEqual(await barriers(page), []);
  await page.locator("#answer").evaluate((each) => each.scrollIntoView({ block: "start" }));
  await picture(page, "room-refused");
  const record = page.locator("#timeline details.refused").first();
  await record.locator("> summary").click();
  assert.match(await record.innerText(), /Why:/);
});

test("a server that goes away and comes back is found again, and nothing is missed", async () => {
  const { page } = ben;
  const gone = page.locator("#link", { hasText: "connecting again" }).waitFor();
  await server.again();
  await gone;
  for (const each of [page, ada.page]) await each.locator("#link", { hasText: "live" }).waitFor({ timeout: 40_000 });

  assert.match(await act(ada.page, "Purchaser", "fill the Purchaser Signatory with ...", { Content: "Ada Bell" }), /^accepted/);
  for (const each of [page, ada.page]) await each.locator("#timeline-body", { hasText: "Ada Bell" }).waitFor({ timeout: 40_000 });
  for (const each of [ada, ben]) { // a browser says by itself that an address did not answer
    const said = each.complaints.splice(0).filter((one) => !/WebSocket connection to .* failed/.test(one));
    assert.deepEqual(said, []);
  }
});

test("the conditions say who is missing, and a what-if shows the deal as it would be", async () => {
  const { page } = ada;
  const conditions = page.locator("#conditions-body details", { hasText: "Release on joint instructions · JI-1" }).first();
  assert.match(await conditions.locator("> summary").innerText(), /11 of 13.*waits for David Grin \(you\), Eugene Grin/s);
  const words = 'state the Verbal Instruction about "JI-1"';
  const form = await opened(page, "David Grin", words);
  await form.getByLabel("Closing Conditions Satisfied").selectOption("yes");
  await form.getByLabel("Disbursement Directed").selectOption("yes");

  await form.getByRole("button", { name: "What if" }).click();

  await page.locator("#banner", { hasText: "What if" }).waitFor();
  assert.match(await page.locator("#banner").innerText(), /Nothing is stored/);
  await page.locator("#held-0", { hasText: /USD 0\.00\s*kept back in the fund/ }).waitFor(); // nobody disputes anything
  assert.match(await page.locator("#duties-body").innerText(), /must release the Escrow Fund according to such Joint Instruction promptly/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Back to now" }).click();
  await page.locator("#duties-body", { hasNotText: "must release" }).waitFor();
  assert.match(await act(page, "David Grin", words, { "Closing Conditions Satisfied": "yes", "Disbursement Directed": "yes" }), /^accepted/);
});

test("the escrow agent releases: four payees are paid, and the agreement ends", async () => {
  const { page } = ben;
  await page.locator("#duties-body", { hasText: "must release" }).waitFor();
  assert.match(await page.locator("#answer").innerText(), /The deal has moved on since/);
  await page.locator("#answer").getByRole("button", { name: "Close" }).click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, "room-desktop");

  const answer = await act(page, "Escrow Agent", 'release the Escrow Fund according to "JI-1"');

  assert.match(answer, /accepted under section\s+3\.1\(a\)/);
  for (const each of [page, ada.page]) {
    await each.locator("#head", { hasText: "under section 5.1" }).waitFor();
    const glance = await each.locator("#glance-body").innerText();
    assert.match(glance, /Held\s+USD 0\.00/);
    assert.match(glance, /Released\s+USD 12,000,000\.00/);
    const drawn = await each.getByRole("img", { name: /that moved/ }).getAttribute("aria-label");
    for (const paid of ["Fund Manager: USD 450,000.00", "Escrow Agent: USD 25,000.00", "NTSCO: USD 1,525,000.00", "ATG: USD 10,000,000.00"]) {
      assert.ok(drawn.includes(`Escrow Fund to ${paid}`), drawn);
    }
  }
  assert.deepEqual(await barriers(page), []);
  await pictureOf(page, "#flow", "room-flow");
});

test("the slider takes the page back by the keyboard, and forth again", async () => {
  const { page } = ada;
  await page.getByRole("slider", { name: "Time" }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowLeft");

  await page.locator("#banner", { hasText: "As of" }).waitFor();
  await page.locator("#head", { hasText: "running" }).waitFor();
  assert.match(await page.locator("#glance-body").innerText(), /Held\s+USD 12,000,000\.00/);
  assert.match(await page.getByRole("slider", { name: "Time" }).getAttribute("aria-valuetext"), /^after 19 of 22/);
  assert.equal(await page.getByRole("button", { name: "Do it" }).count(), 0);
  assert.deepEqual(await barriers(page), []);

  await page.keyboard.press("End");
  await page.locator("#head", { hasText: "ended" }).waitFor();
});

test("what is owed and what has to be met is shown whole, however many pages it comes in", async () => {
  const [paged, once] = await ada.page.evaluate(async (id) => {
    const { ask, whole } = await import("/room/client.js");
    const { MORE, SEE } = await import("/room/queries.js");
    const read = async (rows) => {
      const of = (query) => query.replace(/first: 100, after: \$(lists|norms)/g, `first: ${rows}, after: $$$1`);
      const { deal } = await ask(of(SEE), { deal: id });
      const found = await whole(deal, async (after) => (await ask(of(MORE), { deal: id, asOf: deal.asOf, knownAt: deal.receipt.knownAt, ...after })).deal);
      return [found.norms, found.checklists].map((list) => list.map((each) => each.key));
    };
    return [await read(2), await read(100)];
  }, deal);
  assert.deepEqual(paged, once);
  assert.ok(once.every((keys) => keys.length > 2 && new Set(keys).size === keys.length), `${once}`);
});

test("a clause stands beside what it did, and a record is explained as of then", async () => {
  const { page } = ada;
  await page.getByLabel("Clause", { exact: true }).selectOption("3.1(a)");
  const clause = page.locator("#clause", { hasText: "What it did" });
  await clause.getByText("3.1(a) Release on joint instructions").waitFor();
  assert.match(await clause.innerText(), /USD 10,000,000\.00 from Escrow Fund to ATG/);

  const record = page.locator("#timeline details", { hasText: "release the Escrow Fund" }).first();
  await record.locator("> summary").click();
  await record.getByRole("button", { name: "Explain section 3.1(a) as of then" }).click();
  await record.getByText("Release on joint instructions").first().waitFor();
  assert.deepEqual(await barriers(page), []);
});

test("GraphiQL answers, follows a stream, completes, and explains the schema, all from the service itself", async () => {
  const { page } = ben;
  await page.getByRole("link", { name: "Ask the API" }).click();
  const tabs = page.getByRole("tab");
  await tabs.first().waitFor();
  assert.deepEqual(await tabs.allInnerTexts(),
    ["MyDeals", "HowItStands", "WhatICanDo", "WhyNot", "WhatIf", "Submit", "SubmitTyped", "AsOfThen", "FollowIt"]);
  const play = () => page.getByRole("button", { name: /^Execute query/ }).click();
  const result = page.locator(".graphiql-response");
  await play();
  await result.getByText('"ben"').first().waitFor();

  await page.locator(".graphiql-query-editor .CodeMirror").click({ position: { x: 200, y: 60 } });
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("{ m");
  await page.keyboard.press("Control+Space");
  await page.locator(".CodeMirror-hints").getByText("me", { exact: true }).waitFor();
  await page.keyboard.press("Escape");

  await tabs.filter({ hasText: "FollowIt" }).click(); // its variables name the deal that was looked at last
  await play();
  for (const each of ['"version"', '"22"']) await result.getByText(each, { exact: true }).first().waitFor();
  await page.getByRole("button", { name: /^Stop query/ }).click();
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("button", { name: "Documentation Explorer" }).first().waitFor();
  await page.locator(".graphiql-doc-explorer").getByText("Deal", { exact: true }).first().click();
  await page.locator(".graphiql-doc-explorer").getByText("A deal: an agreement that runs, as of an instant.").waitFor();
  await picture(page, "room-ask");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.getByRole("link", { name: "Deal room" }).click();
  await page.getByRole("heading", { name: "My deals" }).waitFor();
});

test("GraphiQL is used on a phone, in light and in dark, and what is in the way of people is what its tabs are made of", async () => {
  for (const [colorScheme, width] of [["light", 390], ["dark", 320]]) {
    const phone = await person(browser, server.url, { viewport: { width, height: 844 }, colorScheme, hasTouch: true, isMobile: true });
    const { page } = phone;
    await page.goto(`${server.url}/graphiql#token=${await server.token("ben")}`);
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await page.locator(".graphiql-response").getByText('"ben"').first().waitFor();
    const [wide, window, editor, answer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth,
      ...[".graphiql-editors", ".graphiql-response"].map((each) => document.querySelector(each).clientWidth)]);
    assert.ok(wide <= window && Math.min(editor, answer) > 0.9 * window, `${[wide, window, editor, answer]}`);
    assert.deepEqual((await barriers(page)).map((each) => each.split(":")[0]), ["nested-interactive"]);
    assert.deepEqual([...phone.complaints, ...phone.elsewhere], []);
    await phone.context.close();
  }
});

test("the GraphiQL that is shipped is the one of the lock file, byte for byte", async () => {
  const shipped = join(import.meta.dirname, "../../api/room/graphiql"), packages = join(import.meta.dirname, "node_modules");
  const from = {
    "graphiql.min.js": "graphiql", "graphiql.min.css": "graphiql", "LICENSE.graphiql": "graphiql/LICENSE",
    "react.production.min.js": "react/umd", "react-dom.production.min.js": "react-dom/umd", "LICENSE.react": "react/LICENSE",
  };
  assert.deepEqual((await readdir(shipped)).sort(), Object.keys(from).sort());
  for (const [name, place] of Object.entries(from)) {
    const original = join(packages, ...(name.startsWith("LICENSE") ? [place] : [place, name]));
    assert.ok((await readFile(join(shipped, name))).equals(await readFile(original)), name);
  }
});

test("whoever acts for a party invites another, who accepts, gives a seat and has one revoked", async () => {
  const { page } = ada;
  await page.goto(`${server.url}/#/open`);
  await page.getByLabel("Under which agreement").selectOption("funds_escrow");
  const who = page.getByRole("group", { name: "Who acts for whom" });
  for (const party of ["NTSCO", "ATG", "Omaha", "Purchaser", "David Grin"]) await who.getByLabel(party).fill("ada");
  await who.getByLabel("Escrow Agent").fill("ben");
  await page.getByText("Acts that have to be signed").click();
  await page.getByRole("checkbox", { name: "Escrow Agent" }).check();
  await page.getByLabel("Agreement Date").fill("2005-09-01");
  await page.getByLabel("Agent's Fee").fill("25000");
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Open the deal" }).click();
  await page.getByRole("heading", { name: "Funds Escrow Agreement" }).waitFor();
  second = /#\/deal\/(\w+)/.exec(page.url())[1];

  const seats = page.locator("#seats-atg");
  await seats.locator("> summary").click();
  await seats.getByRole("button", { name: "Write an invitation" }).click();
  const invitation = await seats.getByLabel("The invitation").inputValue();
  assert.deepEqual(await barriers(page), []);
  const cleo = await person(browser, server.url);
  await cleo.page.goto(`${server.url}/#token=${await server.token("cleo")}`);
  await cleo.page.getByText("I was invited").click();
  await cleo.page.getByLabel("The invitation").fill("nonsense");
  await cleo.page.getByRole("button", { name: "Accept it" }).click();
  await cleo.page.getByRole("alert").filter({ hasText: /invitation/i }).waitFor();
  await cleo.page.getByLabel("The invitation").fill(invitation);
  await cleo.page.getByRole("button", { name: "Accept it" }).click();
  await cleo.page.locator(".deals a").click();
  await cleo.page.locator("#head", { hasText: "You act for ATG." }).waitFor();

  const acting = (names) => page.locator("#people-body tr").filter({ has: page.getByRole("rowheader", { name: "ATG" }), hasText: names }).waitFor();
  await acting("ada (you), cleo");
  await seats.getByLabel("Or give a seat to a person").fill("dora");
  await seats.getByRole("button", { name: "Give a seat" }).click();
  await acting("ada (you), cleo, dora");
  await seats.getByRole("button", { name: "Revoke the seat of cleo" }).click();
  await acting("ada (you), dora");
  await page.locator("#timeline-body", { hasText: "cleo" }).waitFor();
  assert.deepEqual([...cleo.complaints, ...cleo.elsewhere], []);
  await cleo.context.close();
});

test("a file that one puts there is saved by the other as it was, and named in a paper by its hash", async () => {
  const content = Buffer.from("a deed of the parties\n"), hash = createHash("sha256").update(content).digest("hex");
  await ada.page.getByLabel("Put a file there").setInputFiles({ name: "deed.txt", mimeType: "text/plain", buffer: content });
  await ada.page.getByRole("button", { name: "Upload" }).click();
  await ada.page.locator("#files-body tr", { hasText: "not named" }).filter({ hasText: "text/plain, 22 bytes, put by ada" }).waitFor();
  assert.match(await act(ada.page, "NTSCO", "fill the NTSCO Signatory with ...", { Content: `sha256:${hash}` }), /^accepted/);
  await ada.page.locator("#files-body tr", { hasText: "named in the log" }).waitFor();

  const { page } = ben;
  await page.goto(`${server.url}/#/deal/${second}`);
  await page.locator("#files-body", { hasText: hash.slice(0, 12) }).waitFor();
  const saved = page.waitForEvent("download");
  await page.locator("#files-body").getByRole("button", { name: `Save ${hash.slice(0, 12)}` }).click();
  assert.deepEqual(await readFile(await (await saved).path()), content);
  assert.deepEqual(await barriers(page), []);

  await page.getByLabel("Put a file there").setInputFiles({ name: "page.html", mimeType: "text/html", buffer: content });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("alert").filter({ hasText: "The Content-Type of a document is one of" }).waitFor();
  assert.match(ben.complaints.splice(0).join(), /^Failed to load resource: the server responded with a status of 415/);
});

test("an act that has to be signed with a registered key is signed by a key of the browser, over its effect", async () => {
  const { page } = ben;
  const place = await opened(page, "Escrow Agent", "sign the Funds Escrow Agreement");
  await place.getByRole("button", { name: "Make a key in this browser" }).click();
  await place.getByRole("button", { name: "Do it" }).click();
  const signing = page.locator("#signing");
  assert.match(await signing.innerText(), /You sign: The Escrow Agent: sign the Funds Escrow Agreement "Funds Escrow Agreement"/);
  assert.match(await signing.locator("pre").textContent(), /"domain":"clausula-act-1".*"person":"ben"/);
  assert.deepEqual(await barriers(page), []);
  await signing.getByRole("button", { name: "Sign it and do it" }).click();
  await page.locator("#answer", { hasText: "accepted" }).waitFor();

  const unsigned = await page.evaluate(async (deal) => {
    const { act, ask } = await import("/room/client.js");
    const { SEE, SUBMIT } = await import("/room/queries.js");
    const { version } = (await ask(SEE, { deal })).deal;
    return act(SUBMIT, { deal, as: "Escrow Agent", text: 'withdraw the Funds Escrow Agreement "Funds Escrow Agreement"', key: "unsigned", version });
  }, second);
  assert.equal(unsigned.code, "SIGNATURE_NEEDED");
});

test("a second browser makes a key, for which the first one signs; a key that is revoked signs no more", async () => {
  const laptop = await person(browser, server.url);
  await laptop.page.goto(`${server.url}/#token=${await server.token("ben")}&deal=${second}`);
  const place = await opened(laptop.page, "Escrow Agent", 'withdraw the Funds Escrow Agreement "Funds Escrow Agreement"');
  await place.getByRole("button", { name: "Make a key in this browser" }).click();
  const carried = await place.getByLabel(/^The key \w{8} of this browser/).inputValue();
  assert.deepEqual(await barriers(laptop.page), []);
  await place.getByRole("button", { name: "Go on" }).click(); // too early: nobody has signed for it
  await place.getByLabel(/^The key \w{8} of this browser/).waitFor();

  const { page } = ben;
  await page.getByRole("link", { name: "My deals" }).click();
  await page.getByText("My keys").click();
  await page.getByLabel("The key of another browser of yours").fill(`${carried.slice(0, -2)}00`);
  await page.getByRole("button", { name: "Let it count" }).click();
  await page.getByRole("alert").filter({ hasText: "The key is not registered" }).waitFor();
  await page.getByLabel("The key of another browser of yours").fill(carried);
  await page.getByRole("button", { name: "Let it count" }).click();
  await page.locator("#my-keys li").nth(1).waitFor();
  assert.deepEqual(await barriers(page), []);

  await place.getByRole("button", { name: "Go on" }).click();
  await place.getByRole("button", { name: "Do it" }).click();
  await laptop.page.locator("#signing").getByRole("button", { name: "Sign it and do it" }).click();
  await laptop.page.locator("#answer", { hasText: "accepted" }).waitFor();

  await page.locator("#my-keys li").filter({ hasNotText: "this browser" }).getByRole("button", { name: /^Revoke/ }).click();
  await page.locator("#my-keys li", { hasText: "revoked" }).waitFor();
  await laptop.page.reload();
  await laptop.page.locator("#actions button", { hasText: "Make a key in this browser" }).first().waitFor({ state: "attached" });
  assert.deepEqual([...laptop.complaints, ...laptop.elsewhere], []);
  await laptop.context.close();
  await page.goto(`${server.url}/#/deal/${second}`);
});

test("whoever asks more than is allowed is told to wait, and what was asked goes on by itself", async () => {
  const slow = await served("500"); // an allowance of 5,000: less than a deal with its timeline costs
  const eve = await person(browser, slow.url);
  try {
    await eve.page.goto(`${slow.url}/#token=${await slow.token("eve")}`);
    await eve.page.getByRole("heading", { name: "My deals" }).waitFor();
    const opened = await eve.page.evaluate(async () => {
      const { act, newKey } = await import("/room/client.js");
      const { OPEN } = await import("/room/queries.js");
      const roles = ["NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent", "David Grin"].map((party) => ({ party, persons: ["eve"] }));
      const blanks = [{ name: "Agreement Date", value: "2005-09-01" }, { name: "Agent's Fee", value: "25000.00" }];
      return (await act(OPEN, { agreement: "funds_escrow", roles, blanks, key: newKey() })).dealId;
    });
    await eve.page.evaluate((id) => { location.hash = `#/deal/${id}`; }, opened);
    await eve.page.locator("#told", { hasText: /The service asks to wait for \d+ s/ }).waitFor({ timeout: 60_000 });
    await eve.page.locator("#link", { hasText: "live" }).waitFor({ timeout: 120_000 });
    assert.ok(eve.complaints.length && eve.complaints.every((each) => /status of 429/.test(each)), eve.complaints.join());
  } finally {
    await eve.context.close();
    await slow.stop();
  }
});

test("what a form says is understood by the service, for every act of every agreement that it ships", async () => {
  const [sentences, notUnderstood] = await ada.page.evaluate(async () => {
    const { ask, newKey } = await import("/room/client.js");
    const { canBeNamed, sentence } = await import("/room/fields.js");
    const { AGREEMENTS, OPEN, SEE } = await import("/room/queries.js");
    const TRIED = `query Tried($deal: ID!, $as: String!, $text: String!) { preview(dealId: $deal, as: $as, act: { text: $text }) {
      ... on Preview { answer { ... on Invalid { problems } } } ... on Invalid { problems } } }`;
    const said = (type, payee) => ({
      text: 'a "b" c', date: "2026-12-01", number: "5", rate: "1.5", period: "5 business days", "yes-or-no": "yes", name: '"New Trust"',
      section: "2.1", instant: "10:00 on 3 June 2026", clauses: "Clause 5", payments: `USD 5.00 to ${payee}, the rest to ${payee}`,
    })[type] ?? (type.startsWith("amount of ") ? "5" : type.startsWith("one of ") ? type.slice(7).split(", ")[0] : "No Such Entry");
    const found = [];
    let count = 0;
    for (const agreement of (await ask(AGREEMENTS)).agreements) {
      const roles = agreement.parties.filter((each) => ["party", "person"].includes(each.role)).map((each) => ({ party: each.name, persons: ["ada"] }));
      const blanks = agreement.blanks.filter((each) => each.required)
        .map((each) => ({ name: each.name, value: each.bounds.match(/not before (\d+ \w+ \d+)/)?.[1] ?? said(each.type).replace(/^5$/, "1000000.00") }));
      const { openDeal } = await ask(OPEN, { agreement: agreement.name, roles, blanks, key: newKey() });
      if (openDeal.__typename !== "Opened") { found.push(`${agreement.name}: ${openDeal.problems}`); continue; }
      const { deal } = await ask(SEE, { deal: openDeal.dealId });
      const actions = new Map(deal.availableActions.actions.filter((each) => each.needs.length).map((each) => [each.text, each]));
      for (const [each, whole] of [...actions.values()].flatMap((action) => [[action, false], [action, true]])) {
        const given = Object.fromEntries(each.needs.filter((need) => whole || !need.optional).map((need) => [need.name, said(need.type, deal.roles[0].role)]));
        const text = sentence(each, given, whole && canBeNamed(each) ? "N-1" : "");
        const { preview } = await ask(TRIED, { deal: deal.dealId, as: each.actor, text });
        const problems = preview.problems ?? preview.answer.problems ?? [];
        if (problems.some((problem) => problem.startsWith("error:"))) found.push(`${text}\n${problems}`);
        count += 1;
      }
    }
    return [count, found];
  });
  assert.deepEqual(notUnderstood, []);
  assert.ok(sentences > 250, `${sentences}`);
});

test("on a phone nothing is cut off, in light and in dark", async () => {
  for (const [colorScheme, width] of [["light", 390], ["dark", 320]]) {
    const phone = await person(browser, server.url, { viewport: { width, height: 844 }, colorScheme, hasTouch: true, isMobile: true });
    await phone.page.goto(`${server.url}/#token=${await server.token("ben")}&deal=${deal}`);
    await phone.page.getByRole("img", { name: /that moved/ }).waitFor();
    const [wide, window] = await phone.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `${wide} wide in ${window}`);
    assert.deepEqual(await barriers(phone.page), []);
    if (width === 390) await picture(phone.page, "room-phone");
    assert.deepEqual([...phone.complaints, ...phone.elsewhere], []);
    await phone.context.close();
  }
});

test("nothing was asked of anybody else, and no browser complained", () => {
  for (const each of [ada, ben]) assert.deepEqual([...each.complaints, ...each.elsewhere], []);
});
