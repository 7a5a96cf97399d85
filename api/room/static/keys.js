// A key of one's own in this browser: it signs acts, and no script can read it out, nor anybody else use it elsewhere.
//
// The browser makes the pair (Ed25519) and keeps it in IndexedDB as a key that cannot be exported; the service gets the
// public half. What is signed is the text that `toSign` gives, whose effect the reader sees before. A first key counts at
// once; the one of another browser counts when a key that does has signed for it, for which its public half is carried there.

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

/** The keys of whoever is signed in. */
export const registered = async () => rows((await ask(KEYS)).keys);

/** The pair of a person in this browser, whether it counts or not. */
export const kept = async (person) => (canSign() ? await done((await opened("readonly")).get(person)) : null);

/** The key of a person in this browser, as long as it counts: `{ id, secret }`, or null. */
export async function keyOf(person) {
  const found = await kept(person);
  return found && (await registered()).some((each) => each.id === found.id && !each.revokedAt) ? found : null;
}

/**
 * Make a key for a person, and register it; one that waits to be signed for is taken again. The answer is that of
 * `registerKey`; where it is `NOT_ENDORSED`, `text` is what to carry to the browser that has a key.
 */
export async function makeKey(person) {
  const known = await registered();
  let own = await kept(person);
  if (!own?.proof || known.some((each) => each.id === own.id && each.revokedAt)) {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    const raw = await crypto.subtle.exportKey("raw", pair.publicKey), key = hex(raw);
    const id = hex(await crypto.subtle.digest("SHA-256", raw)).slice(0, 32);
    own = { id, key, secret: pair.privateKey, proof: await signature(pair.privateKey, claim(person, key)) };
    await done((await opened("readwrite")).put(own, person));
  }
  return { ...await act(REGISTER, { key: own.key, proof: own.proof, endorsement: "" }), id: own.id, text: `${own.key}.${own.proof}` };
}

/** Let the key of another browser count, by the text that was carried here. The answer is that of `registerKey`. */
export async function endorse(own, person, text) {
  const [key = "", proof = ""] = text.trim().split(".");
  return act(REGISTER, { key, proof, endorsement: await signature(own.secret, claim(person, key)) });
}

/** What is signed to say whose a key is; its members stand in the order of RFC 8785. */
const claim = (person, key) => JSON.stringify({ domain: "clausula-key-1", key, person });

const signature = async (secret, text) => hex(await crypto.subtle.sign("Ed25519", secret, bytes(text)));

/** What an act would be signed as: the text, and its effect in the words of the agreement. */
export async function toSign(key, { deal, as, text, key: nonce }) {
  return (await ask(TO_SIGN, { deal, as, text, nonce, key: key.id })).toSign;
}

/** The signature over such a text, as `submit` takes it. */
export const signed = async (key, { text, effect }) => ({ key: key.id, effect, signature: await signature(key.secret, text) });
