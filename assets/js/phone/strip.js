// On every page of the producer: how many answers wait, whether the page is an old copy, and what cannot be done now.
import { all, isUnsent } from "./box.js";
import { owner } from "./send.js";

const strip = () => document.getElementById("outbox");
const part = (name) => strip().querySelector(`[data-say="${name}"]`);

export async function unsent({ ref } = {}) {
  return (await all()).filter((item) => item.owner === owner() && isUnsent(item) && (!ref || item.ref === ref));
}

async function show() {
  const { length } = await unsent();
  const line = part("waiting");
  if (!line) return;
  line.hidden = !length || Boolean(document.getElementById("unsent-list")); // which says it itself
  line.querySelector("b").textContent = length;
}

function showCopy() {
  const at = strip().dataset.keptAt;
  if (!at) return;
  const time = part("copy").querySelector("time");
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" });
  part("copy").hidden = false;
}

function refuse(event, name) {
  event.preventDefault();
  event.stopImmediatePropagation();
  part(name).hidden = false;
  strip().scrollIntoView();
}

// Before sendOnce marks the form as sent; asked again at each press.
function guard(event) {
  const { target } = event;
  if (target.matches("[data-online]") && navigator.onLine === false) return refuse(event, "offline");
  if (!target.matches("[data-all-sent]") || target.dataset.looked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  unsent({ ref: target.dataset.allSent }).catch(() => []).then(({ length }) => {
    part("first").hidden = !length;
    if (length) return strip().scrollIntoView();
    target.dataset.looked = "1";
    target.requestSubmit();
  });
}

export function watchTheBox() {
  showCopy();
  show().catch(() => {});
  document.addEventListener("outbox", () => show().catch(() => {}));
  document.addEventListener("submit", guard, true);
}
