// The whole client: requests over HTTP, and streams over graphql-transport-ws that go on where they broke off.

const KEY = "token";

/** What the API answered instead of data; `code` is that of its first error. */
export class Problem extends Error {
  constructor(errors) {
    super(errors[0]?.message ?? "The service gave no answer.");
    this.code = errors[0]?.extensions?.code ?? "";
  }
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = (given) => sessionStorage.setItem(KEY, given.trim().replace(/^Bearer\s+/i, ""));
export const signOut = () => sessionStorage.clear();

/** A name for one request, which makes sure that it is done once (`crypto.randomUUID` is not there without HTTPS). */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

/** The answer to an operation as it came. */
export async function send(query, variables = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  let answer;
  try {
    answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // what `fetch` raises where there is no network
    throw new Problem([{ message: "The service cannot be reached. Try again.", extensions: { code: "AWAY" } }]);
  }
  try {
    return await answer.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem([{ message: `The service answered with status ${answer.status}.`, extensions: {} }]);
  }
}

/** The data of an operation. Throws Problem. */
export async function ask(query, variables = {}) {
  const answer = await send(query, variables);
  if (answer.errors?.length) throw new Problem(answer.errors);
  return answer.data;
}

/** What was asked in words, if it was understood. Throws Problem. */
export function understood(found) {
  if (found?.message) throw new Problem([{ message: found.message, extensions: { code: found.code } }]);
  return found;
}

/** The rows of a page. */
export const rows = (connection) => connection.edges.map((each) => each.node);

/** A deal with its pages as plain lists; null where there is none. */
export const plain = (deal) => deal && { ...deal, movements: rows(deal.movements), claims: rows(deal.claims) };

/**
 * Follow a subscription until the function that comes back is called. `variables` is asked anew for each connection,
 * so that a stream goes on after the last entry that came. `state` is told `live`, `away` or `ended`.
 */
export function follow(query, variables, next, state = () => {}) {
  let socket = null, timer = 0, waited = 0, over = false;

  function connect() {
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => say({ type: "connection_init", payload: { authorization: `Bearer ${token()}` } });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "connection_ack") {
        waited = 0;
        state("live");
        say({ id: "1", type: "subscribe", payload: { query, variables: variables() } });
      } else if (message.type === "ping") say({ type: "pong" });
      else if (message.type === "next") next(message.payload);
      else if (message.type === "error") end({ errors: message.payload });
      else if (message.type === "complete") socket.close();
    };
    socket.onclose = ({ code }) => {
      if (over) return;
      if (code === 4400 || code === 4401 || code === 4403) { end(); return; }
      state("away");
      waited = Math.min(waited ? waited * 2 : 500, 5000);
      timer = setTimeout(connect, waited * (0.75 + Math.random() / 2)); // not all at once, after a restart
    };
  }

  function end(last) {
    over = true;
    clearTimeout(timer);
    socket.close();
    if (last) next(last);
    state("ended");
  }

  connect();
  return () => { over = true; clearTimeout(timer); socket.close(); };
}
