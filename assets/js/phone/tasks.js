// The task list: a task whose answers wait on this phone says so instead of "not done", also on a kept copy.
import { unsent } from "./strip.js";

async function draw() {
  const waiting = await unsent();
  for (const row of document.querySelectorAll("li[data-questions]")) {
    const keys = row.dataset.questions.split(" ");
    const waits = waiting.some((item) => item.ref === row.dataset.ref && keys.includes(item.key));
    const mark = row.querySelector("[data-waits]");
    mark.hidden = !waits;
    mark.previousElementSibling.hidden = waits;
  }
}

export function markTasks() {
  if (!document.querySelector("li[data-questions]")) return;
  document.addEventListener("outbox", () => draw().catch(() => {}));
  draw().catch(() => {});
}
