// A question's form: the answer goes into the box first, then to the server; without an answer from there the person
// goes on, and the box sends it later. Where the box cannot be used, the form is sent as without script.
import { all, isUnsent, mark, put } from "./box.js";
import { owner, send } from "./send.js";

const PATIENCE = { text: 8, photo: 30 }; // seconds that a person waits for the server
const form = () => document.querySelector("form[data-receive]");
const say = (name, shown = true) => {
  const node = document.querySelector(`#outbox [data-say="${name}"]`);
  if (node) node.hidden = !shown;
};

async function made(form, submitter) {
  const data = new FormData(form);
  const value = data.get("value");
  const isFile = value instanceof File;
  const fields = { based_on: data.get("based_on") ?? "" };
  if (submitter?.name) fields[submitter.name] = submitter.value;
  if (!isFile) fields.value = value ?? "";
  const photo = isFile && value.size ? { bytes: await value.arrayBuffer(), type: value.type } : null;
  const shown = form.querySelector('[name="value"]:checked')?.labels[0]?.textContent.trim() ?? "";
  const { key, label, ref, receive } = form.dataset;
  const earlier = (await all()).filter((item) => item.owner === owner() && item.ref === ref && item.key === key && item.state !== "refused");
  const item = { id: form.elements.client_id.value, owner: owner(), ref, key, label, url: receive, page: location.pathname };
  return { ...item, fields, shown, photo, at: Date.now(), after: earlier.pop()?.id ?? "", state: "waiting", reason: "", tries: 0, due: 0 };
}

const isEmpty = (item) => !item.photo && !item.fields.unknown && !item.fields.value?.trim();

// The same request that the browser makes without script; form.submit() leaves out the button.
function native(form, submitter) {
  if (submitter?.name) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(pressed);
  }
  form.submit();
}

function again(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  form.elements.client_id.value = mark();
}

// data-later: "address|question=answer|1", see onboarding.views.question.
async function next(form, item) {
  const waiting = (await all()).filter((each) => each.owner === item.owner && each.ref === item.ref && isUnsent(each));
  const search = new URLSearchParams(location.search).has("check") ? "?check=1" : "";
  for (const [url, condition, known] of form.dataset.later.split(" ").filter(Boolean).map((each) => each.split("|"))) {
    if (waiting.some((each) => each.page === url)) continue;
    const [key, wanted] = condition?.split("=") ?? [];
    const said = waiting.filter((each) => each.key === key).pop();
    if (condition && (said ? said.fields.value !== wanted : known !== "1")) continue;
    return url + search;
  }
  return search ? form.dataset.check : form.dataset.list;
}

async function goOn(form, item) {
  navigator.storage?.persist?.();
  const url = await next(form, item);
  if (navigator.serviceWorker?.controller) return location.assign(url);
  // Nobody keeps the next page: stay, say so, and let the person go on when there is a line.
  again(form);
  say("kept");
  document.querySelector('#outbox [data-say="kept"] a').href = url;
  document.getElementById("outbox").scrollIntoView();
}

async function answer(form, submitter) {
  let item;
  try {
    item = await made(form, submitter);
    if (isEmpty(item)) {
      if (navigator.onLine !== false) return native(form, submitter);
      again(form);
      return say("empty");
    }
    await put(item);
  } catch {
    return native(form, submitter); // a private window, a full phone
  }
  const seconds = item.photo ? PATIENCE.photo : PATIENCE.text;
  const told = navigator.onLine === false ? { state: "failed" } : await send(item, { seconds, now: true });
  if (told.next) return location.assign(told.next);
  if (told.state === "refused") return native(form, submitter);
  await goOn(form, item);
}

async function showWaiting(form) {
  const item = (await all()).filter((each) => each.owner === owner() && each.page === location.pathname && isUnsent(each)).pop();
  if (!item) return;
  say("here");
  const { value } = item.fields;
  for (const field of form.querySelectorAll('[name="value"]')) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type !== "file") field.value = value ?? "";
  }
}

export function keepAnswers() {
  const found = form();
  if (!found || !window.indexedDB) return;
  // A page from a cache carries the mark of its first answer.
  addEventListener("pageshow", () => (found.elements.client_id.value = mark()));
  found.elements.client_id.value = mark();
  showWaiting(found).catch(() => {});
  document.addEventListener("submit", (event) => {
    if (event.target !== found || event.defaultPrevented) return;
    event.preventDefault();
    answer(found, event.submitter);
  });
}
