// The buttons in the corner: zoom, the whole, and saving a picture.

const MARKUP = `
  <details class="save">
    <summary aria-label="Save as a picture" title="Save as a picture">⤓</summary>
    <div class="menu" role="group" aria-label="Save as a picture">
      <button type="button" data-do="svg" data-theme="light">SVG, white ground</button>
      <button type="button" data-do="svg" data-theme="dark">SVG, dark ground</button>
      <button type="button" data-do="png" data-theme="light">PNG, white ground</button>
      <button type="button" data-do="png" data-theme="dark">PNG, dark ground</button>
    </div>
  </details>
  <button type="button" data-do="in" aria-label="Zoom in" title="Zoom in">+</button>
  <button type="button" data-do="out" aria-label="Zoom out" title="Zoom out">−</button>
  <button type="button" data-do="fit" aria-label="Show the whole map" title="Show the whole map">⤢</button>`;

/**
 * The toolbar. `acts` has a function under each of in, out, fit, svg and png; the last two are called with the theme
 * of the ground, light or dark.
 */
export function toolbar(acts) {
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Zoom and save");
  bar.innerHTML = MARKUP;
  const menu = bar.querySelector(".save");
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    menu.open = false;
    acts[button.dataset.do]?.(button.dataset.theme);
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  bar.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && event.relatedTarget) menu.open = false;
  });
  return bar;
}
