// GraphiQL as Signpost uses it: the chosen example asked and answered, the documentation beside.
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { GraphiQLProvider, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { GraphiQL, GraphiQLInterface } from "graphiql";
import { useEffect, useMemo, useRef, useState } from "react";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "graphiql/graphiql.css";
import "./graphiql.css";
import { fetcherThatTells } from "./directory";
import { isExample } from "./examples";
import type { Choice } from "./main";
import { mendForAssistiveTechnology } from "./mend";
import { EDITOR_OPTIONS, EDITOR_THEME } from "./monaco";
import { Printout } from "./Printout";

// Wide enough for the questions, the documentation, the editor and the answer side by side.
const WIDE = "(min-width: 100rem)";

export default function Workbench({ choice }: { choice: Choice }) {
  const [status, setStatus] = useState("");
  const fetcher = useMemo(() => fetcherThatTells(setStatus), []);

  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={PLUGINS}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={matchMedia(WIDE).matches ? DOC_EXPLORER_PLUGIN : undefined}
      // A question can tell something of a patient: it goes with the browser's tab.
      storage={sessionStorage}
      initialQuery={choice.example.document}
      editorTheme={EDITOR_THEME}
      inputValueDeprecation
      schemaDescription
    >
      <DocExplorerStore>
        <GraphiQLInterface defaultEditorToolsVisibility={false} showPersistHeadersSettings={false}>
          <GraphiQL.Logo>
            <></>
          </GraphiQL.Logo>
          <GraphiQL.Footer>
            <p role="status" className="status">
              {status}
            </p>
          </GraphiQL.Footer>
        </GraphiQLInterface>
        <EditorSettings />
        <AskChosen choice={choice} />
        <Printout />
      </DocExplorerStore>
    </GraphiQLProvider>
  );
}

const PLUGINS = [DOC_EXPLORER_PLUGIN];

function EditorSettings() {
  const editors = useGraphiQL((state) => [
    state.queryEditor,
    state.responseEditor,
    state.variableEditor,
    state.headerEditor,
  ]);

  useEffect(() => {
    for (const editor of editors) editor?.updateOptions(EDITOR_OPTIONS);
  }, [editors]);

  useEffect(() => mendForAssistiveTechnology(document.body), []);
  return null;
}

/** Puts the chosen example into the editor and asks it; what somebody wrote keeps its tab. */
function AskChosen({ choice }: { choice: Choice }) {
  const { queryEditor, responseEditor, variableEditor, tabs } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    responseEditor: state.responseEditor,
    variableEditor: state.variableEditor,
    tabs: state.tabs,
  }));
  const { addTab, changeTab, run, setOperationName, stop } = useGraphiQLActions();
  const asked = useRef<Choice | null>(null);

  useEffect(() => {
    if (!queryEditor || !responseEditor || !variableEditor || asked.current === choice) return;
    asked.current = choice;
    const { document, operationName } = choice.example;
    stop();
    const openTab = tabs.findIndex((tab) => tab.query === document);
    if (queryEditor.getValue() !== document && openTab >= 0) changeTab(openTab);
    else if (queryEditor.getValue().trim() && !isExample(queryEditor.getValue())) addTab();
    queryEditor.setValue(document);
    queryEditor.setPosition({ lineNumber: 1, column: 1 });
    queryEditor.setScrollTop(0);
    variableEditor.setValue("");
    setOperationName(operationName);
    void run();
  }, [choice, queryEditor, responseEditor, variableEditor, tabs]);

  return null;
}
