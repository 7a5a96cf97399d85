// What does not compile. Each line below is wrong, and the compiler fails where one of them stops being so.

import type { FundsEscrowAction } from "./gql/graphql.js";
import type { Client } from "./client.js";
import { Stands, Submit } from "./operations.js";

export const right: FundsEscrowAction[] = [
  { signDocuments: {} },
  { depositIntoEscrowFund: { amount: "USD 5.00" } },
  { presentDispute: { name: "D-1", stating: { grounds: "late" } } },
  { signJointInstruction: { name: "JI-1", stating: { payments: [{ to: "Escrow Agent", amount: "USD 25000.00" }, { to: "ATG" }] } } },
  { chooseDischargeMoment: { reading: "ON_NOTICE" } },
];

export const wrong: FundsEscrowAction[] = [
  // @ts-expect-error An act is one act, not two.
  { signDocuments: {}, signOption: {} },
  // @ts-expect-error An act is one act, not none.
  {},
  // @ts-expect-error The agreement knows no such act.
  { stealEscrowFund: { amount: "USD 5.00" } },
  // @ts-expect-error It knows no such paper either; `signLease` is an act of another agreement.
  { signLease: {} },
  // @ts-expect-error A deposit says how much.
  { depositIntoEscrowFund: {} },
  // @ts-expect-error Money is text, so that it stays exact.
  { depositIntoEscrowFund: { amount: 5.0 } },
  // @ts-expect-error A dispute states its grounds.
  { presentDispute: { stating: {} } },
  // @ts-expect-error It states them under the name that the agreement gives them.
  { presentDispute: { stating: { ground: "late" } } },
  // @ts-expect-error There is no such reading.
  { chooseDischargeMoment: { reading: "NEVER" } },
];

export async function unread(client: Client): Promise<void> {
  // @ts-expect-error The deal has to be named.
  await client.ask(Stands, {});
  const { submitFundsEscrow: answer } = await client.ask(Submit, { deal: "", as: "ATG", action: { signDocuments: {} }, key: "" });
  // @ts-expect-error Only an act that was refused has a summary: ask `__typename` first.
  console.log(answer.summary);
}
