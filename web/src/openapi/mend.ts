// What Swagger UI does not tell assistive technology, put right whenever it draws anew.

/** Mend the place now and whenever it changes. */
export function mend(place: Element): void {
  const title = place.querySelector(".title")?.firstChild?.textContent;
  if (title) document.title = `${title}: what can be asked`;
  name(place);
  new MutationObserver(() => name(place)).observe(place, { childList: true, subtree: true });
}

/** Give lists their names, and let the keyboard scroll what is longer than its box. */
function name(place: Element): void {
  for (const list of place.querySelectorAll("select:not([aria-label])")) {
    const row = list.closest("tr[data-param-name]");
    list.setAttribute(
      "aria-label",
      row?.getAttribute("data-param-name") ??
        (list.id === "servers" ? "Server" : "Media type"),
    );
  }
  for (const box of place.querySelectorAll("pre:not([tabindex])")) {
    box.setAttribute("tabindex", "0");
  }
}
