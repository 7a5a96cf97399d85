// A client of the API in a screenful: questions over HTTP, streams over graphql-transport-ws, all of them typed.

import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { TypedDocumentString } from "./gql/graphql.js";

/** What is wrong with a request itself; what the agreement says to an act is no error, but an answer. */
export class RequestFailed extends Error {
  constructor(readonly errors: readonly { message: string; extensions?: { code?: string; retryAfter?: number } }[]) {
    super(errors.map((each) => each.message).join("\n"));
  }
  get code(): string {
    return this.errors[0]?.extensions?.code ?? "";
  }
  /** In how many seconds to ask the same again; undefined where time alone changes nothing. */
  get retryAfter(): number | undefined {
    return this.errors[0]?.extensions?.retryAfter;
  }
}

/** Wait as long as the service asks to; throws what it is given where it asks nothing. */
async function waited(error: unknown): Promise<void> {
  if (!(error instanceof RequestFailed) || error.retryAfter === undefined) throw error;
  const seconds = error.retryAfter;
  await new Promise((over) => setTimeout(over, seconds * 1000));
}

export class Client {
  constructor(readonly url: string, readonly token: string) {}

  /** The data of a question or an act; where the service asks to wait, it is asked again then. Throws RequestFailed. */
  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables, tries = 5): Promise<Data> {
    try {
      return await this.asked(document, variables);
    } catch (error) {
      if (tries === 1) throw error;
      await waited(error);
      return this.ask(document, variables, tries - 1);
    }
  }

  private async asked<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const answer = await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors } = (await answer.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors?.length || !data) throw new RequestFailed(errors ?? [{ message: `status ${answer.status}` }]);
    return data;
  }

  /** What a stream tells, until the reader leaves the loop. Throws RequestFailed. */
  async *follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>, variables: Variables,
  ): AsyncGenerator<Data> {
    const client = createClient({
      url: this.url.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
    });
    try {
      for (let begun = false; ; ) {
        try {
          for await (const { data, errors } of client.iterate<Data>({ query: document.toString(), variables })) {
            if (errors) throw new RequestFailed(errors as unknown as { message: string }[]);
            begun = true;
            if (data) yield data;
          }
          return;
        } catch (error) {
          const failed = Array.isArray(error) ? new RequestFailed(error) : error;
          if (begun) throw failed;
          await waited(failed);
        }
      }
    } finally {
      await client.dispose();
    }
  }
}
