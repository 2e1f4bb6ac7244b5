// The page of what is not sent yet: one row an answer with its state; send again, drop (asked first), hand out as a file.
import { all, drop, isUnsent, put } from "./box.js";
import { flush, owner, send, sending } from "./send.js";
import { zip } from "./zip.js";

const list = () => document.getElementById("unsent-list");
const when = (ms) => new Date(ms).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" });
const stateOf = (item) => (sending.has(item.id) ? "sending" : item.state);

function valueOf({ photo, fields, shown }) {
  if (photo) return list().dataset.photo;
  return fields?.unknown ? list().dataset.unknown : shown || fields?.value;
}

function row(item) {
  const node = document.getElementById("unsent-row").content.cloneNode(true).firstElementChild;
  const put = (name, text) => {
    const place = node.querySelector(`[data-put="${name}"]`);
    place.textContent = text ?? "";
    place.hidden = !text;
  };
  node.dataset.id = item.id;
  put("label", item.label);
  put("place", `${item.ref} · ${when(item.at)}`);
  const words = list().dataset;
  put("value", valueOf(item));
  put("reason", item.disputed ? words.disputed : item.reason);
  for (const status of node.querySelectorAll("[data-state]")) status.hidden = status.dataset.state !== stateOf(item);
  node.querySelector("[data-do=open]").href = item.page;
  node.querySelector(".buttons").hidden = !isUnsent(item);
  return node;
}

async function draw() {
  const items = await all();
  const mine = items.filter((item) => item.owner === owner());
  const unsent = mine.filter(isUnsent);
  const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id;
  list().replaceChildren(...[...unsent, ...mine.filter((item) => !isUnsent(item)).reverse().slice(0, 20)].map(row));
  if (focused) list().querySelector(`[data-id="${focused}"] button`)?.focus();
  const show = (name, shown) => {
    for (const node of document.querySelectorAll(`[data-show="${name}"]`)) node.hidden = !shown;
  };
  const leaves = new URLSearchParams(location.search).has("out");
  show("some", unsent.length);
  show("none", !unsent.length);
  show("leaving", leaves && unsent.length);
  show("free", leaves && !unsent.length);
  const others = items.filter((item) => item.owner !== owner() && isUnsent(item)).length;
  show("others", others);
  for (const node of document.querySelectorAll("[data-tally=unsent]")) node.textContent = unsent.length;
  for (const node of document.querySelectorAll("[data-tally=others]")) node.textContent = others;
}

async function handOut() {
  const items = (await all()).filter((item) => item.owner === owner() && isUnsent(item));
  const photoOf = (item) => item.photo && `${item.ref}-${item.key}-${item.id.slice(0, 8)}.jpg`;
  const facts = items.map(({ photo, ...item }) => ({ ...item, at: new Date(item.at).toISOString(), photo: photoOf({ photo, ...item }) }));
  const lines = items.map((item) => `${item.ref}\t${when(item.at)}\t${item.label}\t${photoOf(item) || valueOf(item)}`);
  const files = [
    ["hang-cho.json", JSON.stringify({ version: 1, made: new Date().toISOString(), person: document.getElementById("outbox").dataset.name, items: facts }, null, 1)],
    // The mark tells Windows that it is UTF-8.
    ["hang-cho.txt", `\uFEFF${lines.join("\r\n")}\r\n`],
    ...items.filter((item) => item.photo).map((item) => [photoOf(item), item.photo.bytes]),
  ];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(zip(files));
  link.download = `hang-cho-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function act({ target }) {
  const button = target.closest?.("[data-do]");
  if (!button) return;
  const dialog = document.getElementById("drop");
  const id = button.closest("[data-id]")?.dataset.id;
  const item = id && (await all()).find((each) => each.id === id);
  switch (button.dataset.do) {
    case "again":
      await put({ ...item, state: "waiting", reason: "", due: 0 });
      return void send({ ...item, state: "waiting", reason: "" });
    case "drop":
      dialog.dataset.drops = id;
      dialog.querySelector("b").textContent = item.label;
      return dialog.showModal();
    case "drop-now":
      dialog.close();
      return drop(dialog.dataset.drops);
    case "stay":
      return dialog.close();
    case "all":
      return flush({ force: true });
    case "export":
      return handOut();
  }
}

export function showTheBox() {
  if (!list()) return;
  document.addEventListener("outbox", draw);
  document.addEventListener("click", act);
  draw();
}
