// A part of Monaco that it does not describe: whether Tab leaves an editor, for all editors.
declare module "monaco-editor/esm/vs/editor/browser/config/tabFocus.js" {
  export const TabFocus: { setTabFocusMode(leaves: boolean): void };
}
