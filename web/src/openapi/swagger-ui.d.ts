// swagger-ui-dist comes without types; these are the options that we give.
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export default function SwaggerUI(options: {
    url: string;
    domNode: Element;
    validatorUrl: null;
    deepLinking: boolean;
    docExpansion: "list";
    defaultModelsExpandDepth: number;
    supportedSubmitMethods: string[];
    syntaxHighlight: false;
    onComplete: () => void;
  }): unknown;
}
