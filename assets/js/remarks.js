// Remarks in rows: one is shown, the button adds the next; a section's link fills in the place of the next empty one.
const empty = (row) => [...row.querySelectorAll("select, input, textarea")].every((field) => !field.value);

function renumber(row, number) {
  for (const node of row.querySelectorAll("[id], [name], [for]")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace(/_\d+\b/, `_${number}`));
    }
  }
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, number);
}

function next(list) {
  const spare = list.querySelector("[data-spare]");
  if (spare) {
    spare.removeAttribute("data-spare");
    return spare;
  }
  const rows = list.querySelectorAll("[data-remark]");
  const row = rows[rows.length - 1].cloneNode(true);
  if (rows.length >= 30) return rows[rows.length - 1];
  renumber(row, rows.length + 1);
  for (const field of row.querySelectorAll("select, input, textarea")) field.value = "";
  rows[rows.length - 1].after(row);
  return row;
}

export function writeRemarks() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const add = target.closest?.("[data-add-remark]");
    const place = target.closest?.("[data-remark-place]");
    const list = document.querySelector("[data-remarks]");
    if (!list || !(add || place)) return;
    event.preventDefault();
    const row = (place && [...list.querySelectorAll("[data-remark]")].find(empty)) || next(list);
    row.removeAttribute("data-spare");
    const select = row.querySelector("select");
    if (place) select.value = place.dataset.remarkPlace;
    (place ? row.querySelector("textarea") : select).focus();
    row.scrollIntoView({ block: "nearest" });
  });
}
