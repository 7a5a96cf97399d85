// The first steps of the funds escrow against a live server: URL and TOKEN are taken from the environment.

import { Client } from "./client.js";
import type { FundsEscrowAction } from "./gql/graphql.js";
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
async function act(deal: string, as: string, action: FundsEscrowAction): Promise<string> {
  const { submitFundsEscrow: answer } = await client.ask(Submit, { deal, as, action, key: crypto.randomUUID() });
  switch (answer.__typename) {
    case "Accepted": return `accepted under ${answer.section}: ${answer.act}`;
    case "Refused": return `refused under ${answer.section}: ${answer.summary}`;
    case "Conflict": return `the deal is at version ${answer.actualVersion} now`;
    case "Invalid": return `${answer.code}: ${answer.problems.join(" ")}`;
    default: return answer satisfies never;
  }
}

const deal = await open();
const told = [
  await act(deal, "Purchaser", { signDocuments: {} }),
  await act(deal, "NTSCO", { signOption: {} }),
  await act(deal, "ATG", { depositIntoEscrowFund: { amount: "USD 12000000.00" } }),
  await act(deal, "Purchaser", { depositIntoEscrowFund: { amount: "USD 12000000.00" } }),
];
for (const line of told) console.log(line);

const { availableActions } = await client.ask(WhatCanIDo, { deal });
if (availableActions?.__typename === "AvailableActions") {
  console.log(`${availableActions.actions.filter((each) => each.allowed).length} acts are open to you now`);
}

const { deal: stands } = await client.ask(Stands, { deal });
for (const fund of stands?.funds ?? []) {
  console.log(`${fund.name}: ${fund.balance ? `${fund.balance.currency} ${fund.balance.amount}` : "open"}`);
}

for await (const { dealEvents: event } of client.follow(Events, { deal, after: "0" })) {
  console.log(`${event.version} ${event.kind} ${event.act || "the deal"}`);
  if (event.version === stands?.version) break;
}
