// The example questions: the files of docs/examples, so that the explorer and the
// documentation cannot differ.
import { parse } from "graphql";

export interface Example {
  /** Stable name of the example, for links: /graphql#new-care-models-programme */
  id: string;
  /** What the example is about, in a few words. */
  subject: string;
  /** What is asked, in one sentence of plain English. */
  question: string;
  operationName: string;
  document: string;
}

const FILES = import.meta.glob<string>("../../../docs/examples/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

const FIRST = "first-question";

export const EXAMPLES: readonly Example[] = Object.entries(FILES)
  .map(([path, document]) => exampleFrom(path, document))
  .sort((one, other) => Number(other.id === FIRST) - Number(one.id === FIRST));

export function exampleNamed(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id);
}

export function isExample(document: string): boolean {
  return EXAMPLES.some((example) => example.document.trim() === document.trim());
}

/** A file begins with its subject, an empty line, the question, and more of the question. */
function exampleFrom(path: string, document: string): Example {
  const lines = document.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [subject = "", , ...question] = lines
    .slice(0, end)
    .map((line) => line.replace(/^#\s*/, ""));
  return {
    id: path.replace(/^.*\//, "").replace(/\.graphql$/, ""),
    subject,
    question: question.join(" ").replace(/\?.*/, "?"),
    operationName: operationNameOf(document),
    document,
  };
}

function operationNameOf(document: string): string {
  const operation = parse(document).definitions.find(
    (definition) => definition.kind === "OperationDefinition",
  );
  return operation?.name?.value ?? "";
}
