// A key of one's own in this browser: it signs acts, and no script can read it out, nor anybody else use it elsewhere.
//
// The browser makes the pair (Ed25519) and keeps it in IndexedDB as a key that cannot be exported; the service gets the
// public half. What is signed is the text that `toSign` gives, whose effect the reader sees before.

import { act, ask, rows } from "/room/client.js";
import { KEYS, REGISTER, TO_SIGN } from "/room/queries.js";

const STORE = "keys";
const hex = (bytes) => [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");
const bytes = (text) => new TextEncoder().encode(text);

/** What a request to IndexedDB comes to. */
const done = (request) => new Promise((found, failed) => {
  request.onsuccess = () => found(request.result);
  request.onerror = () => failed(request.error);
});

async function opened(mode) {
  const request = indexedDB.open("clausula", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return (await done(request)).transaction(STORE, mode).objectStore(STORE);
}

/** Whether a key can be made here: browsers give pages none without HTTPS, but on one's own machine. */
export const canSign = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

/** The key of a person in this browser, as long as it counts: `{ id, secret }`, or null. */
export async function keyOf(person) {
  if (!canSign()) return null;
  const found = await done((await opened("readonly")).get(person));
  if (!found) return null;
  const { keys } = await ask(KEYS);
  return rows(keys).some((each) => each.id === found.id && !each.revokedAt) ? found : null;
}

/** Make a key for a person, and register it. The answer is that of `registerKey`. */
export async function makeKey(person) {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const key = hex(await crypto.subtle.exportKey("raw", pair.publicKey));
  const proof = await signature(pair.privateKey, JSON.stringify({ domain: "clausula-key-1", key, person })); // in order: RFC 8785
  const answer = await act(REGISTER, { key, proof });
  if (answer.__typename === "PersonKey") await done((await opened("readwrite")).put({ id: answer.id, secret: pair.privateKey }, person));
  return answer;
}

const signature = async (secret, text) => hex(await crypto.subtle.sign("Ed25519", secret, bytes(text)));

/** What an act would be signed as: the text, and its effect in the words of the agreement. */
export async function toSign(key, { deal, as, text, key: nonce }) {
  return (await ask(TO_SIGN, { deal, as, text, nonce, key: key.id })).toSign;
}

/** The signature over such a text, as `submit` takes it. */
export const signed = async (key, { text, effect }) => ({ key: key.id, effect, signature: await signature(key.secret, text) });
