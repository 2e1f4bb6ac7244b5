// Sends what is in the box, text first. The server keeps an answer once for its mark, so sending again is safe.
import { all, drop, put, received } from "./box.js";

const FIRST_PAUSE = 5_000; // ms; doubles with each failure
const LONGEST_PAUSE = 600_000;
const FIELD = "csrfmiddlewaretoken";
const page = () => document.getElementById("outbox");

export const owner = () => page().dataset.owner;
export const sending = new Set(); // marks of what is on its way from this page
let token;
let timer;

async function post(item, { seconds, now }) {
  const body = new FormData();
  for (const [name, value] of Object.entries(item.fields)) body.append(name, value);
  body.append("client_id", item.id);
  body.append("owner", item.owner);
  if (item.after) body.append("after", item.after);
  if (item.photo) body.append("value", new Blob([item.photo.bytes], { type: item.photo.type }), "anh.jpg");
  if (now) body.append("now", "1");
  token ??= document.querySelector(`[name=${FIELD}]`)?.value;
  const clock = new AbortController();
  const over = setTimeout(() => clock.abort(), seconds * 1000);
  const where = now ? item.url + location.search : item.url;
  const headers = { "X-CSRFToken": token };
  try {
    const answer = await fetch(where, { method: "POST", body, headers, redirect: "manual", signal: clock.signal });
    // The body belongs to the wait: a line may die between the two.
    return [answer.type === "opaqueredirect" ? 302 : answer.status, await answer.json().catch(() => null)];
  } finally {
    clearTimeout(over);
  }
}

// A page from the cache holds the token of an older login: ask for the one of now.
async function newToken() {
  const answer = await fetch(page().dataset.unsent, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return answer.status < 500 ? "out" : "failed";
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  token = fresh.querySelector(`[name=${FIELD}]`)?.value;
  return fresh.getElementById("outbox")?.dataset.owner === owner() ? "" : "other";
}

async function receipt(item, how) {
  let [status, told] = await post(item, how);
  if (status === 403) {
    const state = await newToken();
    if (state) return { state };
    [status, told] = await post(item, how);
  }
  if (told?.state) return told;
  if (status === 302) return { state: "out" };
  if (status === 413) return { state: "refused", reason: page().dataset.tooLarge };
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return { state: "refused", reason: page().dataset.notOpen };
  return { state: "failed", status };
}

// Send one item and write down what came of it. `now`: the person waits for the page that follows.
export async function send(item, { seconds = item.photo ? 120 : 30, now = false } = {}) {
  if (sending.has(item.id)) return { state: "failed" };
  sending.add(item.id);
  document.dispatchEvent(new CustomEvent("outbox"));
  const told = await receipt(item, { seconds, now }).catch(() => ({ state: "failed", status: 0 }));
  sending.delete(item.id);
  if (told.state === "saved" || told.state === "disputed") await received(item, { disputed: told.state === "disputed" });
  else if (told.state === "refused" && now) await drop(item.id); // said beside the field instead
  else if (told.state === "refused") await put({ ...item, state: "refused", reason: told.reason });
  else {
    const tries = (item.tries ?? 0) + 1;
    const due = Date.now() + Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE);
    await put({ ...item, tries, due, reason: told.reason ?? (told.state === "out" ? page().dataset.out : "") });
  }
  return told;
}

async function rounds(force) {
  const mine = (await all()).filter((item) => item.owner === owner() && item.state === "waiting");
  mine.sort((one, other) => Boolean(one.photo) - Boolean(other.photo) || one.at - other.at);
  for (const item of mine) {
    if (!force && (item.due ?? 0) > Date.now()) continue;
    const { state, status } = await send(item);
    if (state === "out" || state === "other" || (state === "failed" && !status)) break;
  }
}

export async function flush({ force = false } = {}) {
  if (navigator.onLine === false) return;
  // One page at a time, where the browser can say so.
  const once = (work) => (navigator.locks ? navigator.locks.request("txng-outbox", { ifAvailable: true }, (lock) => lock && work()) : work());
  await once(() => rounds(force));
  clearTimeout(timer);
  const due = (await all()).filter((item) => item.owner === owner() && item.state === "waiting").map((item) => item.due ?? 0);
  if (due.length) timer = setTimeout(flush, Math.max(Math.min(...due) - Date.now(), FIRST_PAUSE));
}

export function keepSending() {
  flush();
  addEventListener("online", () => flush({ force: true }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
}
