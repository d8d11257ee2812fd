/** The referral finder: who can help, how to refer to them, and who cannot and why. */

import type { ApolloClient } from "@apollo/client";

import {
  FindReferralDocument,
  type FindReferralQuery,
  type ReferralCase,
} from "./generated.ts";

type Answer = FindReferralQuery["referralOptions"];

export async function findReferral(
  client: ApolloClient,
  referralCase: ReferralCase,
): Promise<Answer> {
  const { data } = await client.query({
    query: FindReferralDocument,
    variables: { case: referralCase },
  });
  if (!data) throw new Error("The directory sent an answer without data.");
  return data.referralOptions;
}

/** The answer in lines of text. What it says of emergencies, and its notice, come first. */
export function* linesOf(answer: Answer): Generator<string> {
  if (answer.notice) yield answer.notice;
  if (answer.emergencyAdvice) yield answer.emergencyAdvice;
  yield `As of ${answer.asOf}. ${answer.responsible.explanation}`;
  for (const option of answer.options) {
    yield `${option.rank}. ${option.service.name}, by ${option.service.provider.name}`;
    yield `   ${option.whyHere}`;
    for (const method of option.howToRefer) yield `   ${method.instructions}`;
    for (const criterion of option.criteria) {
      if (criterion.verdict === "UNKNOWN") yield `   Not known: ${criterion.explanation}`;
    }
  }
  for (const { service, failed } of answer.nearMisses) {
    yield `Not ${service.name}: ${failed.explanation}`;
  }
}
