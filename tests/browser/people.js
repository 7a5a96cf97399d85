// Two people at two browsers, and the server that they share: how the test starts it, and how a person acts in the page.

import { spawn, execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import axe from "axe-core";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const COMMAND = process.env.CLAUSULA ?? join(import.meta.dirname, "../../.venv/bin/clausula");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--force-color-profile=srgb", "--disable-lcd-text"];

/**
 * A process that serves a database on a port, and its address once it answers. The test asks for hundreds of previews at
 * once, so nobody has an allowance here unless a rate is given.
 */
async function started(database, port, rate) {
  const server = spawn(COMMAND, ["serve", "--port", port, "--database", database], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CLAUSULA_RATE: rate },
  });
  const url = await new Promise((found, failed) => {
    let told = "";
    server.stdout.on("data", (data) => {
      told += data;
      const address = /answers at (http:\S+)\/graphql/.exec(told);
      if (address) found(address[1]);
    });
    server.on("error", failed);
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${told}`)));
  });
  return { server, url };
}

async function ended(server) {
  const over = new Promise((done) => { server.on("exit", done); });
  server.kill("SIGTERM");
  await over;
}

/** A server over a database of its own, on a free port. */
export async function served(rate = "0") {
  const folder = await mkdtemp(join(tmpdir(), "room-"));
  const database = join(folder, "deals.db");
  let { server, url } = await started(database, "0", rate);
  return {
    url,
    token: async (person) => (await run(COMMAND, ["token", person, "--database", database])).stdout.trim(),
    async again() {
      await ended(server);
      ({ server } = await started(database, new URL(url).port, rate));
    },
    async stop() {
      await ended(server);
      await rm(folder, { recursive: true });
    },
  };
}

export const launched = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });

/** A browser window of its own; `complaints` are what its console said, and `elsewhere` what it asked of other places. */
export async function person(browser, url, more = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 860 }, reducedMotion: "reduce", ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [], elsewhere = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("request", (request) => { if (!request.url().startsWith(url)) elsewhere.push(request.url()); });
  return { context, page, complaints, elsewhere };
}

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** The place of an act in the page, with all that it stands in opened, as a reader would. */
export async function opened(page, party, text) {
  const act = page.locator(`[id="act-${slug(`${party} ${text}`)}"]`);
  await act.waitFor({ state: "attached" });
  const closed = page.locator("details:not([open])").filter({ has: act });
  while (await closed.count()) await closed.first().locator("> summary").click();
  if (await act.getAttribute("open") === null) await act.locator("> summary").click();
  return act;
}

/** Do something through its form, and wait for the answer; `fill` is what is put where, by the label. */
export async function act(page, party, text, fill = {}, button = "Do it") {
  const place = await opened(page, party, text);
  for (const [label, value] of Object.entries(fill)) {
    const field = place.getByLabel(label, { exact: false }).first();
    if (await field.evaluate((each) => each.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
  const before = await page.locator("#head").innerText();
  await place.getByRole("button", { name: button, exact: true }).click();
  await page.waitForFunction((was) => document.getElementById("answer") && document.getElementById("head").innerText !== was, before);
  return page.locator("#answer").innerText();
}

/** What axe-core finds against WCAG 2.2 A and AA and its best practices; nothing is what is wanted. */
export async function barriers(page) {
  await page.evaluate(() => window.scrollTo(0, 0)); // what lies under the bar that sticks to the top comes out when it is reached
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`).slice(0, 3).join(" | ")}`);
}
