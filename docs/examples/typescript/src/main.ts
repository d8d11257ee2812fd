/** Asks a directory both questions and prints the answers: node src/main.ts [address] [pathway] */

import { CombinedGraphQLErrors } from "@apollo/client";

import { clientOf } from "./client.ts";
import * as finder from "./find-referral.ts";
import * as pathway from "./whole-pathway.ts";

// Saturday, at ten at night: the surgeries are closed.
const AT = "2016-12-03T22:00:00Z";

async function main(address: string, slug: string): Promise<void> {
  const client = clientOf(address);
  const referral = await finder.findReferral(client, {
    place: { postcode: "CV21" },
    need: { code: "gp-out-of-hours" },
    age: { value: 82 },
    at: AT,
  });
  const plan = await pathway.wholePathway(client, {
    slug,
    place: { postcode: "CV21" },
    case: { age: { value: 82 }, referrer: "PATIENT" },
    at: AT,
  });
  for (const line of [...finder.linesOf(referral), "", ...pathway.linesOf(plan)]) {
    console.log(line);
  }
}

try {
  const [address, slug] = process.argv.slice(2);
  await main(address ?? "http://127.0.0.1:8000", slug ?? "urgent-care-west-midlands");
} catch (error) {
  // What the directory says of a question is written for people; `code` is for programs.
  if (!CombinedGraphQLErrors.is(error)) throw error;
  for (const { message, extensions } of error.errors) {
    console.error(`${extensions?.["code"]}: ${message}`);
  }
  process.exitCode = 1;
}
