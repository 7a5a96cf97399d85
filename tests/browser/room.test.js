// Two people in two browsers complete the funds escrow of 2005 in the deal room: Ada acts for the four companies and the
// directors, Ben for the escrow agent. What they do and what is refused is the walk of the README; the sections and
// amounts expected here are those of the agreement. On the way every page is tried for barriers, and pictures are taken.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test as node } from "node:test";
import { act, barriers, launched, opened, person, served } from "./people.js";

const PICTURES = process.env.PICTURES;
const PAYMENTS = {
  "Amount 1": "USD 450,000.00", "Amount 2": "USD 25,000.00", "Amount 3": "USD 1,525,000.00",
};
let server, browser, ada, ben, deal;

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
  await page.evaluate(() => { document.getElementById("told").textContent = ""; });
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
  await page.locator("#link", { hasText: "live" }).waitFor({ timeout: 40_000 });

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
  assert.match(await page.locator("#duties-body").innerText(), /release the Escrow Fund according to such Joint Instruction promptly/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Back to now" }).click();
  await page.locator("#duties-body", { hasText: "Nothing stands now" }).waitFor();
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

test("the page that asks the API answers, follows a stream and shows the schema", async () => {
  const { page } = ben;
  await page.getByRole("link", { name: "Ask the API" }).click();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.locator("#result", { hasText: '"id": "ben"' }).waitFor();
  await page.getByLabel("Begin with").selectOption("Follow a deal");
  await page.getByLabel("Variables, as JSON").fill(JSON.stringify({ deal, after: "18" }));
  await page.getByLabel("Variables, as JSON").press("Control+Enter");
  await page.locator("#result", { hasText: '"version": "22"' }).waitFor();
  await page.getByLabel("Find").or(page.locator("#find")).first().fill("availableActions");
  await page.locator("#schema").getByRole("button", { name: "Deal", exact: true }).first().click();
  await page.locator("#schema h3", { hasText: "Deal" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await picture(page, "room-ask");
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
      const actions = new Map(deal.availableActions.filter((each) => each.needs.length).map((each) => [each.text, each]));
      for (const [each, whole] of [...actions.values()].flatMap((action) => [[action, false], [action, true]])) {
        const given = Object.fromEntries(each.needs.filter((need) => whole || !need.optional).map((need) => [need.name, said(need.type, deal.roles[0].role)]));
        const text = sentence(each, given, whole && canBeNamed(each) ? "N-1" : "");
        const { preview } = await ask(TRIED, { deal: deal.id, as: each.actor, text });
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
