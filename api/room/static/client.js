// The whole client: requests over HTTP, and streams over graphql-transport-ws that go on where they broke off. Where the
// service says to come again in so many seconds (`THROTTLED`, `BUSY`), the same is asked again then.

const KEY = "token";
const TRIES = 5;

/** What the API answered instead of data; `code` is that of its first error. */
export class Problem extends Error {
  constructor(errors) {
    super(errors[0]?.message ?? "The service gave no answer.");
    this.code = errors[0]?.extensions?.code ?? "";
    this.retryAfter = errors[0]?.extensions?.retryAfter ?? null;
  }
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = (given) => sessionStorage.setItem(KEY, given.trim().replace(/^Bearer\s+/i, ""));
export const signOut = () => sessionStorage.clear();

/** Take a token out of the address at once, so that it is neither seen, kept in the history nor passed on. */
export function takeToken() {
  const [path, given = ""] = location.hash.slice(1).split("?");
  const values = new URLSearchParams(path.startsWith("token=") ? path : given);
  const found = values.get("token");
  if (!found) return;
  signIn(found);
  const deal = values.get("deal");
  history.replaceState(null, "", `${location.pathname}#${deal ? `/deal/${deal}` : path.startsWith("token=") ? "/" : path}`);
}

/** A name for one request, which makes sure that it is done once (`crypto.randomUUID` is not there without HTTPS). */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

/** Let so many seconds pass, as the service asked; the page is told, so that it can tell the reader. */
export function pause(seconds) {
  dispatchEvent(new CustomEvent("pause", { detail: seconds }));
  return new Promise((over) => { setTimeout(over, seconds * 1000); });
}

/** The answer to an operation as it came. */
export async function send(query, variables = {}, operationName = undefined) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  return read(await reached("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables, operationName }) }));
}

async function reached(path, more) {
  try {
    return await fetch(path, more);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // what `fetch` raises where there is no network
    throw new Problem([{ message: "The service cannot be reached. Try again.", extensions: { code: "AWAY" } }]);
  }
}

async function read(answer) {
  try {
    return await answer.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem([{ message: `The service answered with status ${answer.status}.`, extensions: {} }]);
  }
}

/** The data of an operation; what the service had no time for was not done, and is asked again. Throws Problem. */
export async function ask(query, variables = {}) {
  for (let left = TRIES; ; left -= 1) {
    const answer = await send(query, variables);
    if (!answer.errors?.length) return answer.data;
    const problem = new Problem(answer.errors);
    if (problem.retryAfter === null || left === 0) throw problem;
    await pause(problem.retryAfter);
  }
}

/** What was asked in words, if it was understood. Throws Problem. */
export function understood(found) {
  if (found?.message) throw new Problem([{ message: found.message, extensions: { code: found.code } }]);
  return found;
}

/** The rows of a page. */
export const rows = (connection) => connection.edges.map((each) => each.node);

/**
 * A deal with its pages as plain lists; null where there is none. What is owed and what has to be met is shown whole:
 * `more` asks for the deal with the pages after two cursors, `norms` and `lists`.
 */
export async function whole(deal, more) {
  if (!deal) return null;
  const norms = rows(deal.norms), checklists = rows(deal.checklists), after = {};
  for (let page = deal; page.norms.pageInfo.hasNextPage || page.checklists.pageInfo.hasNextPage;) {
    after.norms = page.norms.pageInfo.endCursor ?? after.norms;
    after.lists = page.checklists.pageInfo.endCursor ?? after.lists;
    page = await more(after);
    norms.push(...rows(page.norms));
    checklists.push(...rows(page.checklists));
  }
  return { ...deal, norms, checklists, availableActions: deal.availableActions.actions, movements: rows(deal.movements),
    claims: rows(deal.claims), contents: rows(deal.contents), named: rows(deal.named) };
}

/**
 * What a mutation came to; where it was too busy, or does not know whether it was done, the same is sent again under
 * the same key, and is done once. Throws Problem.
 */
export async function act(query, variables) {
  for (let left = TRIES; ; left -= 1) {
    const [answer] = Object.values(await ask(query, variables));
    if (!answer.retryAfter || left === 0) return answer;
    await pause(answer.retryAfter);
  }
}

/** What lies at an address of the service, or the answer to what is sent there. Throws Problem. */
export async function fetched(path, more = {}) {
  for (let left = TRIES; ; left -= 1) {
    const answer = await reached(path, { ...more, headers: { ...more.headers, Authorization: `Bearer ${token()}` } });
    if (answer.ok) return answer;
    const problem = new Problem((await read(answer)).errors ?? []);
    if (problem.retryAfter === null || left === 0) throw problem;
    await pause(problem.retryAfter);
  }
}

/** Put a file there. Throws Problem. */
export const put = (path, body, type) => fetched(path, { method: "PUT", body, headers: { "Content-Type": type } });

/**
 * Follow a subscription until the function that comes back is called. `variables` is asked anew for each connection,
 * so that a stream goes on after the last entry that came; with `once` it ends where it breaks off. `state` is told
 * `live`, `away` or `ended`.
 */
export function follow(query, variables, next, state = () => {}, { operationName, once = false } = {}) {
  let socket = null, timer = 0, waited = 0, later = 0, over = false;

  function connect() {
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => say({ type: "connection_init", payload: { authorization: `Bearer ${token()}` } });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "connection_ack") {
        waited = 0;
        state("live");
        say({ id: "1", type: "subscribe", payload: { query, variables: variables(), operationName } });
      } else if (message.type === "ping") say({ type: "pong" });
      else if (message.type === "next") next(message.payload);
      else if (message.type === "error") refused(message.payload);
      else if (message.type === "complete") socket.close();
    };
    socket.onclose = ({ code }) => {
      if (over) return;
      if (once || code === 4400 || code === 4401 || code === 4403) { end(); return; }
      state("away");
      waited = Math.max(later, Math.min(waited ? waited * 2 : 500, 5000));
      later = 0;
      timer = setTimeout(connect, waited * (0.75 + Math.random() / 2)); // not all at once, after a restart
    };
  }

  function refused(errors) {
    later = (new Problem(errors).retryAfter ?? 0) * 1000;
    if (later && !once) socket.close();
    else end({ errors });
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
