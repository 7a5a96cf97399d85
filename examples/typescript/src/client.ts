// A client of the API in a screenful: questions over HTTP, streams over graphql-transport-ws, all of them typed.

import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { TypedDocumentString } from "./gql/graphql.js";

/** What is wrong with a request itself; what the agreement says to an act is no error, but an answer. */
export class RequestFailed extends Error {
  constructor(readonly errors: readonly { message: string; extensions?: { code?: string } }[]) {
    super(errors.map((each) => each.message).join("\n"));
  }
  get code(): string {
    return this.errors[0]?.extensions?.code ?? "";
  }
}

export class Client {
  constructor(readonly url: string, readonly token: string) {}

  /** The data of a question or an act. Throws RequestFailed. */
  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const answer = await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors } = (await answer.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors?.length || !data) throw new RequestFailed(errors ?? [{ message: `status ${answer.status}` }]);
    return data;
  }

  /** What a stream tells, until the reader leaves the loop. */
  async *follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>, variables: Variables,
  ): AsyncGenerator<Data> {
    const client = createClient({
      url: this.url.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
    });
    try {
      for await (const { data, errors } of client.iterate<Data>({ query: document.toString(), variables })) {
        if (errors) throw new RequestFailed(errors as unknown as { message: string }[]);
        if (data) yield data;
      }
    } finally {
      await client.dispose();
    }
  }
}
