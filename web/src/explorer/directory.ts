// Asking the directory: one POST to the address from which the page itself came.
import type { Fetcher, FetcherParams } from "@graphiql/toolkit";
import type { ExecutionResult } from "graphql";

const ADDRESS = location.pathname;
const INTROSPECTION = "IntrospectionQuery";

export async function ask<Data extends object = Record<string, unknown>>(
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

/** GraphiQL's way to ask, which tells in words how each question of the reader fares. */
export function fetcherThatTells(tell: (words: string) => void): Fetcher {
  return async (params, options) => {
    if (params.operationName === INTROSPECTION) return ask(params, options?.headers);
    const asked = params.query.includes(params.operationName ?? "") ? params : unnamed(params);
    const started = performance.now();
    tell("Asking …");
    try {
      const answer = await ask(asked, options?.headers);
      tell(answered(performance.now() - started, answer.errors?.length ?? 0));
      return answer;
    } catch (error) {
      tell(`Not answered. ${error instanceof Error ? error.message : error}`);
      throw error;
    }
  };
}

/** GraphiQL names the operation of the tab before, for a moment after another was opened. */
function unnamed({ query, variables }: FetcherParams): FetcherParams {
  return { query, variables };
}

function answered(milliseconds: number, errors: number): string {
  const time = `Answered in ${Math.round(milliseconds)} ms`;
  if (errors === 0) return `${time}.`;
  const count = errors === 1 ? "an error" : `${errors} errors`;
  return `${time}, with ${count}: see "errors" in the answer.`;
}
