// Photos in [data-shrink] become at most 1280 px and 250 KB on the phone, before the slow line. Where anything of
// it fails, the original is sent: the server draws every picture anew in any case.
const SIDE = 1280;
const BYTES = 250 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.5, 0.35];

function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

async function small(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (let side = SIDE; side >= 320; side = Math.round(side * 0.75)) {
    const canvas = drawn(picture, side);
    for (const quality of QUALITIES) {
      const blob = await jpeg(canvas, quality);
      if (blob && blob.size <= BYTES) return blob;
    }
  }
  return null;
}

async function shrink(input) {
  const file = input.files[0];
  if (!file?.type.startsWith("image/")) return;
  const blob = await small(file);
  // Another photo was chosen meanwhile, or the drawing is larger than the original.
  if (!blob || input.files[0] !== file || blob.size >= file.size) return;
  const kept = new DataTransfer();
  kept.items.add(new File([blob], "anh.jpg", { type: "image/jpeg" }));
  input.files = kept.files;
  input.dataset.shrunk = blob.size;
}

export function shrinkPhotos() {
  // Sending waits for the drawing, which takes a second or two on a cheap phone.
  const running = new WeakMap();
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-shrink]")) return;
    const work = shrink(target)
      .catch(() => {})
      .then(() => {
        if (running.get(target) !== work) return;
        running.delete(target);
        target.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
      });
    running.set(target, work);
  });
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      const work = running.get(form.querySelector("[data-shrink]") ?? form);
      if (!work) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      work.then(() => setTimeout(() => form.requestSubmit(submitter)));
    },
    true,
  );
}
