// After a page or a swap: the error summary gets the focus, else what the server marked.
const WANTED = [".error-summary", "[data-focus]"];

function focusIn(root) {
  const target = WANTED.map((selector) => root.querySelector(selector)).find(Boolean);
  target?.focus();
}

export function focusWhatMatters() {
  focusIn(document);
  document.addEventListener("htmx:afterSettle", ({ target }) => focusIn(target));
  // A link of the summary goes into the field, not only to it.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (field) setTimeout(() => field.focus());
  });
}
