// The box of answers on this phone: one IndexedDB store, key = the answer's mark (UUID). An item is
// {id, owner, ref, key, label, page, url, fields, photo: {bytes, type}|null, at, after, state, reason, tries, due};
// state: waiting | refused | received. What was received keeps no content, and leaves after 30 days.
const NAME = "txng";
const STORE = "answers";
const KEPT = 30 * 24 * 3600 * 1000; // ms that a receipt stays
export const COUNTS = "txng-unsent"; // localStorage: {owner: number}, read where the box is not (assets/js/leave.js)

let opened;

function base() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => failed(request.error);
  });
  return opened;
}

async function act(mode, work) {
  const store = (await base()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((done, failed) => {
    const request = work(store);
    let result;
    request.onsuccess = () => (result = request.result);
    store.transaction.oncomplete = () => done(result);
    store.transaction.onabort = () => failed(store.transaction.error);
  });
}

const tell = () => document.dispatchEvent(new CustomEvent("outbox"));

export async function all() {
  const items = await act("readonly", (store) => store.getAll());
  return items.sort((one, other) => one.at - other.at);
}

export async function put(item) {
  await act("readwrite", (store) => store.put(item));
  await count();
}

export async function drop(id) {
  await act("readwrite", (store) => store.delete(id));
  await count();
}

export const isUnsent = (item) => item.state !== "received";

export async function received(item, { disputed = false } = {}) {
  const { id, owner, ref, key, label, page, at } = item;
  await put({ id, owner, ref, key, label, page, at, state: "received", disputed, arrived: Date.now() });
}

async function count() {
  const counts = {};
  for (const item of await all()) if (isUnsent(item)) counts[item.owner] = (counts[item.owner] ?? 0) + 1;
  localStorage.setItem(COUNTS, JSON.stringify(counts));
  tell();
}

export async function tidy() {
  for (const item of await all()) if (!isUnsent(item) && Date.now() - item.arrived > KEPT) await drop(item.id);
}

// Old phones have no randomUUID.
export function mark() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
