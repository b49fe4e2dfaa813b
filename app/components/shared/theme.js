// The colours of the theme that is shown: Python sends both palettes, the page's background tells which.

/** Set the colours of `palette` as custom properties of `frame`; the theme's name. */
export function colour(frame, palette) {
  const ground = getComputedStyle(frame).getPropertyValue("--st-background-color").trim();
  const theme = isDark(ground) ? "dark" : "light";
  dress(frame, palette[theme]);
  return theme;
}

/** Set every colour of one palette on `frame`. */
export function dress(frame, colours) {
  for (const [name, value] of Object.entries(colours)) frame.style.setProperty(`--${name}`, value);
}

function isDark(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour || "#fff";
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
