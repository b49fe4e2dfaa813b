// Files made in the browser: what is drawn, as SVG or PNG. No server has a part in it.

const MOST_PIXELS = 48_000_000; // above this browsers give an empty canvas
const LONGEST = 16_000;

/** Offer `blob` as a download under `name`. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Save the text of an SVG as `<name>.svg`. */
export function saveSvg(text, name) {
  save(new Blob([text], { type: "image/svg+xml;charset=utf-8" }), `${name}.svg`);
}

/** Save the text of an SVG of this size as `<name>.png`, twice as fine as the screen where a canvas can hold it. */
export async function savePng(text, size, name) {
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" }));
  try {
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(
      2,
      LONGEST / Math.max(size.width, size.height),
      Math.sqrt(MOST_PIXELS / (size.width * size.height)),
    );
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    save(await new Promise((done) => canvas.toBlob(done, "image/png")), `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
