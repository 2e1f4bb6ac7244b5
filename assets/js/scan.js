// A scanner types the code and presses Enter: that must lead to the next field, not send a half-filled form.
export function followScanner() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("input[data-scan]")) return;
    const fields = [...event.target.form.elements].filter((field) => field.matches("input:not([type=hidden]), select, textarea, button"));
    const next = fields[fields.indexOf(event.target) + 1];
    if (!next || !event.target.value.trim()) return;
    event.preventDefault();
    next.focus();
    next.select?.();
  });
}
