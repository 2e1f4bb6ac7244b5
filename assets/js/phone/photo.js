// Warns of a photo that is too dark or blurred, before it is sent; never refuses it. Measured on a grey copy of at most
// 256 px: the mean says how dark it is; the variance of the Laplacian how sharp its sharpest part is.
const SIDE = 256;
const TILES = 4; // a sharp product before a soft ground is a good photo: the best tile counts
const DARK = 45; // of 255
const BLURRED = 60;

export function measured(grey, width, height) {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  let sharp = 0;
  for (let tile = 0; tile < TILES * TILES; tile += 1) {
    const left = Math.max(1, Math.floor(((tile % TILES) * width) / TILES));
    const top = Math.max(1, Math.floor((Math.floor(tile / TILES) * height) / TILES));
    const right = Math.min(width - 1, Math.floor((((tile % TILES) + 1) * width) / TILES));
    const bottom = Math.min(height - 1, Math.floor(((Math.floor(tile / TILES) + 1) * height) / TILES));
    let [sum, squares, count] = [0, 0, 0];
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const at = y * width + x;
        const edge = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
        [sum, squares, count] = [sum + edge, squares + edge * edge, count + 1];
      }
    }
    if (count) sharp = Math.max(sharp, squares / count - (sum / count) ** 2);
  }
  return { mean, sharp };
}

async function look(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(3, Math.round(picture.width * scale));
  canvas.height = Math.max(3, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const grey = Float32Array.from({ length: data.length / 4 }, (_, at) => 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2]);
  return measured(grey, canvas.width, canvas.height);
}

async function check(input) {
  const warning = document.getElementById("photo-warning");
  const file = input.files[0];
  if (!warning) return;
  warning.hidden = true;
  if (!file?.type.startsWith("image/")) return;
  const { mean, sharp } = await look(file);
  if (input.files[0] !== file) return;
  input.dataset.mean = mean.toFixed(1);
  input.dataset.sharp = sharp.toFixed(1);
  const fault = mean < DARK ? "dark" : sharp < BLURRED ? "blurred" : "";
  for (const text of warning.querySelectorAll("[data-fault]")) text.hidden = text.dataset.fault !== fault;
  warning.hidden = !fault;
}

export function checkPhotos() {
  // "drawn" comes from assets/js/shrink.js, when the smaller photo is in its place.
  document.addEventListener("drawn", ({ target }) => check(target).catch(() => {}));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-photo]");
    if (!button) return;
    document.getElementById("photo-warning").hidden = true;
    const input = document.querySelector("[data-shrink]");
    if (button.dataset.photo === "again") {
      input.value = "";
      input.click();
    } else document.querySelector("form[data-receive] button[type=submit]").focus();
  });
}
