// Shows the OpenAPI document that the address names: /openapi/dos shows /openapi/dos.json.
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./page.css";
import { mend } from "./mend";

const name = location.pathname.split("/").at(-1);
const place = document.querySelector("#document");
if (place === null) throw new Error("The page has no place for the document.");

SwaggerUI({
  url: `./${name}.json`,
  domNode: place,
  // No other host is asked whether the document is valid.
  validatorUrl: null,
  // Its links would stand inside of buttons.
  deepLinking: false,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get"],
  // Colours of code that nobody chose for contrast are left out.
  syntaxHighlight: false,
  onComplete: () => mend(place),
});
