// Shortcut keys: data-key="a" on a link, button or choice is pressed by "a"; "g n" is one key after the other.
// data-only-focus: the key goes there without pressing; data-then="#id": where it goes after pressing.
// They can be turned off (WCAG 2.1.4) with any [data-keys-toggle] check box; the choice stays in this browser.
const STORE = "txng-keys-off";
const PAUSE = 1000; // ms between the two keys of a sequence
const NOT_TYPED = ["checkbox", "radio", "button", "submit", "file"];

const off = () => localStorage.getItem(STORE) === "1";
const typing = (node) => node.closest("input, textarea, select, [contenteditable]") && !NOT_TYPED.includes(node.type);
const busy = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat;

function show() {
  document.documentElement.classList.toggle("keys-off", off());
  for (const box of document.querySelectorAll("[data-keys-toggle]")) box.checked = !off();
}

function press(node) {
  node.focus({ preventScroll: true });
  if ("onlyFocus" in node.dataset) return node.scrollIntoView({ block: "nearest" });
  node.click();
  if (node.dataset.then) document.querySelector(node.dataset.then)?.focus();
}

export function followKeys() {
  let before = "";
  let at = 0;
  show();
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-keys-toggle]")) return;
    localStorage.setItem(STORE, target.checked ? "0" : "1");
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (off() || busy(event) || typing(event.target) || document.querySelector("dialog[open]")) return;
    const sequence = event.timeStamp - at < PAUSE ? `${before} ${event.key}` : event.key;
    [before, at] = [event.key, event.timeStamp];
    const pressed = [sequence, event.key].map((keys) => document.querySelector(`[data-key="${CSS.escape(keys)}"]`)).find(Boolean);
    if (!pressed) return;
    event.preventDefault();
    press(pressed);
  });
}
