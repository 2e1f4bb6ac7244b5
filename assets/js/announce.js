// Says in the page's one live region what changed, for those who do not see the swap.
const region = () => document.getElementById("live");

export function announce(text) {
  const node = region();
  if (!node || !text) return;
  node.textContent = "";
  // A screen reader speaks a change; the same text twice needs the empty moment between.
  setTimeout(() => (node.textContent = text), 100);
}

export function announceFromServer() {
  // Header HX-Trigger: {"announce": "…"}
  document.addEventListener("announce", ({ detail }) => announce(detail.value));
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    const spoken = target.querySelector?.("[data-announce]");
    if (spoken) announce(spoken.dataset.announce || spoken.textContent);
  });
  const failed = () => announce(document.getElementById("live")?.dataset.failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
}
