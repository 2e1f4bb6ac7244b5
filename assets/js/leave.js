// Signing out while answers wait on this phone leads to their list first (assets/js/phone/box.js counts them).
export function leaveNothingBehind() {
  document.addEventListener(
    "submit",
    (event) => {
      const { leaves, unsent } = event.target.dataset;
      if (!leaves) return;
      let counts = {};
      try {
        counts = JSON.parse(localStorage.getItem("txng-unsent")) ?? {};
      } catch {
        // No storage, no box.
      }
      if (!counts[leaves]) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(`${unsent}?out=1`);
    },
    true,
  );
}
