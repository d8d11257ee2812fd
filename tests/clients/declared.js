/**
 * A rule for `graphql-inspector diff`: what the file in DECLARED declares may break. Each entry has
 * the `change` as this rule names it, a `reason`, and the `date` from which callers meet it.
 */
import { readFileSync } from "node:fs";

const file = process.env.DECLARED;
const CHANGED_DEFAULTS = ["FIELD_ARGUMENT_DEFAULT_CHANGED", "INPUT_FIELD_DEFAULT_VALUE_CHANGED"];

export default function declared({ changes }) {
  const waiting = new Map(entries().map((entry) => [entry.change, entry]));
  const judged = changes.map((change) => {
    // Who relies on a default gets another answer.
    const breaks =
      change.criticality.level === "BREAKING" || CHANGED_DEFAULTS.includes(change.type);
    if (!breaks) return change;
    const name = `${change.type} ${change.path}`;
    const entry = waiting.get(name);
    waiting.delete(name);
    return entry
      ? told(change, "NON_BREAKING", `declared for ${entry.date}: ${entry.reason}`)
      : told(change, "BREAKING", `not declared. Undo it, or declare "${name}" in ${file}`);
  });
  if (waiting.size > 0) {
    throw new Error(`${file} declares what is no breaking change: ${[...waiting.keys()]}.`);
  }
  return judged;
}

function entries() {
  const found = JSON.parse(readFileSync(file, "utf8"));
  for (const { change, reason, date } of found) {
    if (!change || !reason || !/^\d{4}-\d{2}-\d{2}$/.test(date ?? "")) {
      throw new Error(`${file}: ${change} needs "change", "reason" and "date" (2026-11-30).`);
    }
  }
  return found;
}

function told(change, level, words) {
  return { ...change, criticality: { level }, message: `${change.message} (${words})` };
}
