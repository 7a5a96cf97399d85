// The first steps of the funds escrow against a live server: URL and TOKEN are taken from the environment.

import { Client } from "./client.js";
import type { ActInput } from "./gql/graphql.js";
import { Events, OpenDeal, Stands, Submit, WhatCanIDo } from "./operations.js";

const { URL: url = "http://127.0.0.1:8000/graphql", TOKEN: token = "", PERSON: person = "you" } = process.env;
const client = new Client(url, token);

async function open(): Promise<string> {
  const roles = ["NTSCO", "ATG", "Omaha", "Purchaser", "Escrow Agent", "David Grin"].map((party) => ({ party, persons: [person] }));
  const blanks = [{ name: "Agreement Date", value: "1 September 2005" }, { name: "Agent's Fee", value: "USD 25,000.00" }];
  const { openDeal } = await client.ask(OpenDeal, { agreement: "funds_escrow", roles, blanks, key: crypto.randomUUID() });
  if (openDeal.__typename === "Invalid") throw new Error(openDeal.problems.join("\n"));
  return openDeal.dealId;
}

/** Try an act; whatever the agreement answers is told. A new member of the union would not compile until it is told too. */
async function act(deal: string, as: string, act: ActInput): Promise<string> {
  const { submit } = await client.ask(Submit, { deal, as, act, key: crypto.randomUUID() });
  switch (submit.__typename) {
    case "Accepted": return `accepted under ${submit.section}: ${submit.act}`;
    case "Refused": return `refused under ${submit.section}: ${submit.summary}`;
    case "Conflict": return `the deal is at version ${submit.actualVersion} now`;
    case "Invalid": return `${submit.code}: ${submit.problems.join(" ")}`;
    default: return submit satisfies never;
  }
}

const deal = await open();
const told = [
  await act(deal, "Purchaser", { sign: { kind: "Documents" } }),
  await act(deal, "NTSCO", { sign: { kind: "Option" } }),
  await act(deal, "ATG", { deposit: { amount: "USD 12,000,000.00", fund: "Escrow Fund" } }),
  await act(deal, "Purchaser", { deposit: { amount: "12000000.00", fund: "Escrow Fund" } }),
];
for (const line of told) console.log(line);

const { availableActions } = await client.ask(WhatCanIDo, { deal });
console.log(`${availableActions?.filter((each) => each.allowed).length ?? 0} acts are open to you now`);

const { deal: stands } = await client.ask(Stands, { deal });
for (const fund of stands?.funds ?? []) console.log(`${fund.name}: ${fund.balance.currency} ${fund.balance.amount}`);

for await (const { dealEvents: event } of client.follow(Events, { deal, after: "0" })) {
  console.log(`${event.version} ${event.kind} ${event.act || "the deal"}`);
  if (event.version === stands?.version) break;
}
