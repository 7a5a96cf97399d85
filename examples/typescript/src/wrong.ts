// What does not compile. Each line below is wrong, and the compiler fails where one of them stops being so.

import type { ActInput } from "./gql/graphql.js";
import type { Client } from "./client.js";
import { Stands, Submit } from "./operations.js";

export const right: ActInput[] = [{ text: "sign the Documents" }, { deposit: { amount: "5.00", fund: "Escrow Fund" } }];

export const wrong: ActInput[] = [
  // @ts-expect-error An act is one act, not two.
  { text: "sign the Documents", sign: { kind: "Documents" } },
  // @ts-expect-error An act is one act, not none.
  {},
  // @ts-expect-error There is no such act.
  { steal: { fund: "Escrow Fund" } },
  // @ts-expect-error A deposit says into which fund.
  { deposit: { amount: "5.00" } },
  // @ts-expect-error Money is text, so that it stays exact.
  { deposit: { amount: 5.0, fund: "Escrow Fund" } },
];

export async function unread(client: Client): Promise<void> {
  // @ts-expect-error The deal has to be named.
  await client.ask(Stands, {});
  const { submit } = await client.ask(Submit, { deal: "", as: "ATG", act: { text: "" }, key: "" });
  // @ts-expect-error Only an act that was refused has a summary: ask `__typename` first.
  console.log(submit.summary);
}
