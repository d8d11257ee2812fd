// Monaco, the editor inside GraphiQL: its workers from our own files, colours with contrast.
import * as monaco from "monaco-graphql/esm/monaco-editor.js";
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import { TabFocus } from "monaco-editor/esm/vs/editor/browser/config/tabFocus.js";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphQLWorker from "monaco-graphql/esm/graphql.worker.js?worker";

export const EDITOR_THEME = { light: "signpost-light", dark: "signpost-dark" };

// Without a family Monaco takes each system's own monospaced one.
export const EDITOR_OPTIONS = {
  fontFamily: "",
  fontSize: 14,
  wordWrap: "on",
} as const;

function workerFor(_id: string, label: string): Worker {
  if (label === "json") return new JsonWorker();
  if (label === "graphql") return new GraphQLWorker();
  return new EditorWorker();
}

Object.assign(globalThis, { MonacoEnvironment: { getWorker: workerFor } });

// Tab leaves the editor (WCAG 2.1.2); Ctrl-M makes it indent.
TabFocus.setTabFocusMode(true);

monaco.editor.defineTheme(EDITOR_THEME.light, {
  base: "vs",
  inherit: true,
  rules: [
    { token: "comment", foreground: "4c5b66" },
    { token: "number", foreground: "00663f" },
    { token: "argument.identifier.gql", foreground: "5a3fc0" },
  ],
  colors: {
    "editor.background": "#ffffff00",
    "editorLineNumber.foreground": "#4c5b66",
    "editorLineNumber.dimmedForeground": "#4c5b66",
    "editorBracketHighlight.foreground1": "#0431fa",
    "editorBracketHighlight.foreground2": "#1f6b1f",
    "editorBracketHighlight.foreground3": "#7b3814",
    "scrollbar.shadow": "#ffffff00",
    focusBorder: "#005eb8",
  },
});

monaco.editor.defineTheme(EDITOR_THEME.dark, {
  base: "vs-dark",
  inherit: true,
  rules: [
    { token: "comment", foreground: "a9b6c2" },
    { token: "argument.identifier.gql", foreground: "b3a7ff" },
  ],
  colors: {
    "editor.background": "#ffffff00",
    "editorLineNumber.foreground": "#a9b6c2",
    "editorLineNumber.dimmedForeground": "#a9b6c2",
    "scrollbar.shadow": "#ffffff00",
    focusBorder: "#7cc0ff",
  },
});
