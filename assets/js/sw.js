// The service worker: keeps static files, and those pages of producers that the server marks with the header
// X-Kept-For: <person>. A page of officials has no such header and is never kept. One person's pages at a time: they go
// when somebody else's page comes, at signing out, and when the login page is shown.
const FILES = "files-1";
const PAGES = "pages-1-"; // and the person
const WAIT = 3000; // ms for the network before the kept copy is shown
const FRESH = 15 * 60 * 1000; // ms in which a page is not fetched ahead again
const [LOGIN, LOGOUT, HOME, MINE] = ["/login/", "/logout/", "/", "/stamps/mine/"];

const key = (address) => new URL(address, location.origin).pathname;

async function forget(except = "") {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== except) await caches.delete(name);
}

async function match(path) {
  for (const name of await caches.keys()) {
    const found = name.startsWith(PAGES) && (await (await caches.open(name)).match(path, { ignoreVary: true }));
    if (found) return found;
  }
  return null;
}

async function keep(path, answer) {
  const person = answer.headers.get("X-Kept-For");
  if (answer.status !== 200) return;
  if (path === LOGIN) await forget();
  if (!person) return;
  const name = PAGES + person;
  await forget(name);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  for (const gone of ["Content-Encoding", "Content-Length"]) headers.delete(gone); // the body is unpacked here
  await (await caches.open(name)).put(path, new Response(await answer.blob(), { headers }));
}

// The page shows its age where the template has left room for it.
async function aged(kept) {
  const html = await kept.text();
  const headers = new Headers(kept.headers);
  return new Response(html.replace('data-kept-at=""', `data-kept-at="${kept.headers.get("X-Kept-At")}"`), { headers });
}

async function page(event, path) {
  const fresh = fetch(event.request).then((answer) => {
    event.waitUntil(keep(path, answer.clone()).catch(() => {}));
    return answer;
  });
  const kept = await match(path === HOME ? MINE : path);
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const soon = await Promise.race([fresh.catch(() => null), new Promise((done) => setTimeout(done, WAIT))]);
  return soon && soon.status < 500 ? soon : aged(kept);
}

async function file(event) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then((answer) => {
    if (answer.status === 200) event.waitUntil(cache.put(event.request, answer.clone()).catch(() => {}));
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}

async function ahead(pages, files) {
  const cache = await caches.open(FILES);
  for (const name of files) if (!(await cache.match(name, { ignoreVary: true }))) await cache.add(name);
  for (const path of pages.map(key)) {
    const kept = await match(path);
    if (kept && Date.now() - Date.parse(kept.headers.get("X-Kept-At")) < FRESH) continue;
    await keep(path, await fetch(path, { redirect: "manual" }));
  }
  // Files of earlier releases go, once all of this one's are there.
  const wanted = new Set(files);
  for (const request of await cache.keys()) if (!wanted.has(request.url) && pages.length) await cache.delete(request);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { ahead: pages, files, here } = event.data;
  event.waitUntil(self.clients.claim()); // a page that was on its way when the worker woke up
  event.waitUntil(ahead([...new Set([here, ...pages])], files).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === LOGOUT) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (pathname.startsWith("/static/")) event.respondWith(file(event));
  else if (request.mode === "navigate") event.respondWith(page(event, pathname));
});
