// Asking the directory: one POST to the address from which the page itself came.
import type { Fetcher, FetcherParams } from "@graphiql/toolkit";
import type { ExecutionResult } from "graphql";

const ADDRESS = location.pathname;
const INTROSPECTION = "IntrospectionQuery";

export interface Answered {
  milliseconds: number;
  errors: number;
}

export async function ask<Data>(
  params: FetcherParams,
  headers: Record<string, string> = {},
): Promise<ExecutionResult<Data>> {
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json",
      ...headers,
    },
    body: JSON.stringify(params),
  }).catch(() => {
    throw new Error("The directory cannot be reached. See that it is running, then ask again.");
  });
  if (!response.headers.get("Content-Type")?.includes("json")) {
    throw new Error(
      `The server answered ${response.status} ${response.statusText} instead of GraphQL. ` +
        "Ask again in a moment; if it stays so, tell whoever runs this directory.",
    );
  }
  return (await response.json()) as ExecutionResult<Data>;
}

/** GraphiQL's way to ask, which tells how each question of the reader was answered. */
export function fetcherThatTells(tell: (answered: Answered) => void): Fetcher {
  return async (params, options) => {
    const started = performance.now();
    const answer = await ask(params, options?.headers);
    if (params.operationName !== INTROSPECTION) {
      tell({
        milliseconds: Math.round(performance.now() - started),
        errors: answer.errors?.length ?? 0,
      });
    }
    return answer as Awaited<ReturnType<Fetcher>> & ExecutionResult;
  };
}
