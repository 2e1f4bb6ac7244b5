// Shortcut keys: data-key="a" on a link or button is pressed by "a"; "g n" is one key after the other.
// They can be turned off (WCAG 2.1.4) with any [data-keys-toggle] check box; the choice stays in this browser.
const STORE = "txng-keys-off";
const PAUSE = 1000; // ms between the two keys of a sequence

const off = () => localStorage.getItem(STORE) === "1";
const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

function show() {
  document.documentElement.classList.toggle("keys-off", off());
  for (const box of document.querySelectorAll("[data-keys-toggle]")) box.checked = !off();
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
    if (off() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    const sequence = event.timeStamp - at < PAUSE ? `${before} ${event.key}` : event.key;
    [before, at] = [event.key, event.timeStamp];
    const pressed = [sequence, event.key].map((keys) => document.querySelector(`[data-key="${CSS.escape(keys)}"]`)).find(Boolean);
    if (!pressed) return;
    event.preventDefault();
    pressed.focus();
    pressed.click();
  });
}
