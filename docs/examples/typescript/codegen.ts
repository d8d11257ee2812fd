import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../api/schema.graphql",
  documents: "../queries/*.graphql",
  generates: {
    "src/generated.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        // Whatever the contract adds must be given a type here, never `any`.
        strictScalars: true,
        scalars: { Date: "string", DateTime: "string" },
        useTypeImports: true,
      },
    },
  },
};

export default config;
