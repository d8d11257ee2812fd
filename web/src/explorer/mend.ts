// What GraphiQL 5 tells assistive technology wrongly, put right in the page.

/** Mends what is there and what GraphiQL adds later; returns how to stop. */
export function mendForAssistiveTechnology(root: HTMLElement): () => void {
  const mend = () => {
    mendTabs(root);
    mendResult(root);
    mendSkipping(root);
    mendEditors(root);
  };
  const observer = new MutationObserver(mend);
  observer.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["aria-selected"],
  });
  mend();
  return () => observer.disconnect();
}

/** A tab with two buttons in it is no tab for a screen reader: it is a list of buttons. */
function mendTabs(root: HTMLElement): void {
  for (const list of root.querySelectorAll(".graphiql-tabs[role=tablist]")) {
    list.setAttribute("role", "list");
  }
  for (const item of root.querySelectorAll(".graphiql-tab[aria-selected]")) {
    const current = item.getAttribute("aria-selected") === "true";
    item.setAttribute("role", "listitem");
    item.removeAttribute("aria-selected");
    const button = item.querySelector(".graphiql-tab-button");
    if (current) button?.setAttribute("aria-current", "true");
    else button?.removeAttribute("aria-current");
  }
  root.querySelector("#graphiql-session[role=tabpanel]")?.setAttribute("role", "group");
}

/** A live region would read out a whole answer; the status line says that there is one. */
function mendResult(root: HTMLElement): void {
  for (const result of root.querySelectorAll(".result-window[aria-live]")) {
    result.removeAttribute("aria-live");
    result.removeAttribute("aria-atomic");
  }
}

/** The skip link leads past the documentation, which has more links than anybody wants to pass. */
function mendSkipping(root: HTMLElement): void {
  const session = root.querySelector(".graphiql-sessions:not([id])");
  session?.setAttribute("id", "question-and-answer");
  session?.setAttribute("tabindex", "-1");
}

/** An editor that the keyboard reaches says which one it is, and how to get into it. */
function mendEditors(root: HTMLElement): void {
  for (const editor of root.querySelectorAll(".graphiql-editor[tabindex]:not([role])")) {
    const section = editor.closest("section")?.getAttribute("aria-label") ?? "Editor";
    editor.setAttribute("role", "group");
    editor.setAttribute("aria-label", `${section}: press Enter to write in it`);
  }
}
