/** graphql-eslint's presets as they come, and each exception with its reason. */
import graphql from "@graphql-eslint/eslint-plugin";

const schema = "api/schema.graphql";
const documents = "docs/examples/**/*.graphql";

function presets(files, names, exceptions) {
  const rules = names.map((name) => graphql.configs[`flat/${name}`].rules);
  return {
    files: [files],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema, documents } },
    },
    rules: Object.assign({}, ...rules, exceptions),
  };
}

const recommended = graphql.configs["flat/schema-recommended"].rules;
const [level, naming] = recommended["@graphql-eslint/naming-convention"];
const OBJECTS = "ObjectTypeDefinition,ObjectTypeExtension";

// Parts of an answer and of a thing: they have no identity apart from what holds them.
const VALUES = [
  "Area",
  "BrokenStep",
  "Capacity",
  "CareModel",
  "ContractCommissioner",
  "ContractImpact",
  "Coverage",
  "CoverageCell",
  "CoverageRow",
  "Criterion",
  "Difference",
  "Directory",
  "Eligibility",
  "Endpoint",
  "EntryCriterion",
  "HandOver",
  "Identifier",
  "Indicator",
  "Lineage",
  "Milestone",
  "NearMiss",
  "OpenState",
  "OpeningTime",
  "PageInfo",
  "PathwayPlan",
  "PathwayTransition",
  "Place",
  "PlannedStep",
  "Post",
  "ProgrammePartner",
  "ProgrammeSite",
  "ReferralAnswer",
  "ReferralMethod",
  "ReferralOption",
  "Refusal",
  "Responsibility",
  "ServedArea",
  "Source",
  "StepCoverage",
  "SuccessionStep",
  "WayRound",
];

export default [
  presets(schema, ["schema-recommended", "schema-relay"], {
    // A type of service is what it is called, and was promised.
    "@graphql-eslint/naming-convention": [
      level,
      { ...naming, [OBJECTS]: { ...naming[OBJECTS], ignorePattern: "^ServiceType$" } },
    ],
    "@graphql-eslint/strict-id-in-types": [
      "error",
      { exceptions: { types: VALUES, suffixes: ["Connection", "Edge"] } },
    ],
    // Relay asks for a page onwards or one backwards, or both: ours go onwards.
    "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
    "@graphql-eslint/relay-edge-types": [
      "error",
      {
        withEdgeSuffix: true,
        // Lists that are short and always wanted whole are lists: the sources of a fact.
        listTypeCanWrapOnlyEdgeType: false,
        // A difference between two days is no thing that could be asked for again by an id;
        // test_client_tools.py holds all other edges to it.
        shouldImplementNode: false,
      },
    ],
  }),
  presets(documents, ["operations-recommended"], {
    // The same id has other facts on other days, so that a cache by ids mixes them up
    // (docs/examples/typescript): the examples ask for none.
    "@graphql-eslint/require-selections": "off",
  }),
];
