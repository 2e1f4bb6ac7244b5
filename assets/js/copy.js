// data-copy="id" copies that field; without this module the button stays hidden and the text is copied by hand.
import { announce } from "./announce.js";

function show(root) {
  for (const button of root.querySelectorAll("[data-copy][hidden]")) {
    button.hidden = false;
    button.parentElement.querySelector(".no-script")?.remove();
  }
}

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Plain HTTP has no clipboard; the old way needs the text selected.
    field.select();
    document.execCommand("copy");
  }
}

export function copyTexts() {
  show(document);
  document.addEventListener("htmx:afterSettle", ({ target }) => show(target));
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) return;
    await copy(field);
    const done = button.parentElement.querySelector("[data-copy-done]");
    if (done) done.textContent = button.dataset.copied;
    announce(button.dataset.copied);
  });
}
