// Lets the browser keep the producer's pages (assets/js/sw.js). Without it everything works, but only with a connection.
const files = () => [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((node) => node.href || node.src);

export async function keepPages() {
  const page = document.getElementById("outbox");
  if (!navigator.serviceWorker || !page.dataset.worker || page.dataset.keptAt) return;
  try {
    await navigator.serviceWorker.register(page.dataset.worker, { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const pages = page.dataset.ahead ? [...page.dataset.ahead.split(" "), page.dataset.unsent] : [];
    active.postMessage({ ahead: pages, files: files(), here: location.pathname });
  } catch {
    // Plain HTTP, a browser inside an app, a full phone.
  }
}
