/** A pathway with everything on it, and who takes each step of it for a person at a place. */

import type { ApolloClient } from "@apollo/client";

import {
  WholePathwayDocument,
  type WholePathwayQuery,
  type WholePathwayQueryVariables,
} from "./generated.ts";

type Plan = WholePathwayQuery["pathwayPlan"];
type PlannedStep = Plan["steps"][number];
type Transition = Plan["pathway"]["steps"][number]["next"][number];

export async function wholePathway(
  client: ApolloClient,
  variables: WholePathwayQueryVariables,
): Promise<Plan> {
  const { data } = await client.query({ query: WholePathwayDocument, variables });
  if (!data) throw new Error("The directory sent an answer without data.");
  return data.pathwayPlan;
}

/** The pathway in lines of text, each step with who takes it. */
export function* linesOf(plan: Plan): Generator<string> {
  const planned = new Map(plan.steps.map((step) => [step.step.slug, step]));
  const { pathway } = plan;
  if (plan.notice) yield plan.notice;
  yield `${pathway.name}, version ${pathway.version}, as of ${plan.asOf}`;
  yield* plan.notes;
  for (const step of pathway.steps) {
    yield `${step.stage}: ${step.name}`;
    const taken = planned.get(step.slug);
    if (taken) yield `   ${takenBy(taken)}`;
    for (const transition of step.next) yield `   → ${wayOf(transition)}`;
  }
  yield plan.longestExplanation;
}

function takenBy(step: PlannedStep): string {
  const who = step.option ? ` by ${step.option.service.name}.` : ".";
  return `${step.state}${who} ${step.explanation}`;
}

function wayOf({ to, condition, withinMinutes }: Transition): string {
  const interval = withinMinutes === null ? "" : ` within ${withinMinutes} minutes`;
  return `${to.name}${interval}${condition === null ? "" : `: ${condition}`}`;
}
