// The desk: moving in the list by buttons (and so by keys), counting ticked rows, dialogs, the list beside a step.
let row = -1;

function rows() {
  return [...document.querySelectorAll("table a[data-row]")];
}

function move(by) {
  const links = rows();
  if (!links.length) return;
  row = Math.min(Math.max(row + by, 0), links.length - 1);
  mark(links);
}

// The row in hand is the one whose link has the focus; the class keeps it in sight when the focus is elsewhere.
function mark(links) {
  for (const [index, link] of links.entries()) link.closest("tr").classList.toggle("in-hand", index === row);
  links[row].focus();
  links[row].scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = rows()[row]?.closest("tr").querySelector("[name=task]");
  if (box) box.click();
  if (row >= 0) rows()[row].focus();
}

function count() {
  const place = document.querySelector("[data-ticked]");
  if (!place) return;
  const ticked = document.querySelectorAll("[name=task]:checked").length;
  place.textContent = ticked;
  place.hidden = !ticked;
}

function act({ target }) {
  const button = target.closest?.("[data-move], [data-do], [data-dialog]");
  if (!button) return;
  if (button.dataset.move) move(Number(button.dataset.move));
  else if (button.dataset.do === "open") (rows()[row] ?? rows()[0])?.click();
  else if (button.dataset.do === "tick") tick();
  else document.getElementById(button.dataset.dialog)?.showModal();
}

export function workTheDesk() {
  document.addEventListener("click", act);
  document.addEventListener("change", count);
  // A row reached with Tab or the mouse is the one in hand too.
  document.addEventListener("focusin", ({ target }) => {
    const index = rows().indexOf(target);
    if (index < 0 || index === row) return;
    row = index;
    mark(rows());
  });
  count();
  document.querySelector(".desk-list [aria-current]")?.scrollIntoView({ block: "nearest" });
}
