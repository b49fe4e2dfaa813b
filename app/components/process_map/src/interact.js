// Hover, focus, click and keys; pan and zoom.

import svgPanZoom from "svg-pan-zoom";

const READABLE = 0.8; // below this zoom names cannot be read: show the top instead of the whole

/** Light what is near the pointer or the focus; `pick` gets what was chosen, `reveal` what the keyboard came to. */
export function listen(svg, pick, reveal) {
  const thing = (event) => event.target.closest?.(".node, .edge[tabindex]");
  let pressed = null;
  svg.addEventListener("pointerover", (event) => light(svg, thing(event)));
  svg.addEventListener("pointerleave", () => light(svg, null));
  svg.addEventListener("focusin", (event) => {
    light(svg, thing(event));
    if (event.target.matches(":focus-visible")) reveal(event.target);
  });
  svg.addEventListener("focusout", () => light(svg, null));
  svg.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]));
  svg.addEventListener("click", (event) => {
    const moved = pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 4;
    if (!moved) pick(value(thing(event)));
  });
  svg.addEventListener("keydown", (event) => {
    const on = thing(event);
    if (event.key === "Escape") pick(null);
    if (!on) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(value(on));
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      neighbour(svg, on, event.key)?.focus();
    }
  });
}

/** What a node or an edge stands for, as Python gets it. */
function value(element) {
  if (!element) return null;
  const { activity, source, target } = element.dataset;
  return activity === undefined ? { source, target } : { activity };
}

function light(svg, element) {
  svg.classList.toggle("lit", Boolean(element));
  svg.querySelectorAll(".near").forEach((e) => e.classList.remove("near"));
  if (!element) return;
  const { activity, index } = element.dataset;
  const touches = (e) => (activity === undefined ? e.dataset.index === index : isEnd(e, activity));
  const names = new Set(activity === undefined ? [] : [activity]);
  for (const edge of svg.querySelectorAll(".edge")) {
    if (!touches(edge)) continue;
    edge.classList.add("near");
    svg.querySelector(`.label[data-index="${edge.dataset.index}"]`)?.classList.add("near");
    names.add(edge.dataset.source).add(edge.dataset.target);
  }
  for (const node of svg.querySelectorAll(".node")) node.classList.toggle("near", names.has(node.dataset.activity));
}

const isEnd = (edge, activity) => edge.dataset.source === activity || edge.dataset.target === activity;

/** The node that an arrow key leads to: down the widest path, up against it, left and right in the order of the flow. */
function neighbour(svg, element, key) {
  const nodes = [...svg.querySelectorAll(".node")];
  const byName = (name) => nodes.find((n) => n.dataset.activity === name);
  const { activity, source, target } = element.dataset;
  if (activity === undefined) return byName(key === "ArrowUp" || key === "ArrowLeft" ? source : target);
  if (key === "ArrowLeft" || key === "ArrowRight") return nodes[nodes.indexOf(element) + (key === "ArrowLeft" ? -1 : 1)];
  const [from, to] = key === "ArrowDown" ? ["source", "target"] : ["target", "source"];
  const next = [...svg.querySelectorAll(".edge")]
    .filter((e) => e.dataset[from] === activity && e.dataset[to] !== activity && byName(e.dataset[to]))
    .sort((a, b) => weight(b) - weight(a))[0];
  return next && byName(next.dataset[to]);
}

const weight = (edge) => Number(edge.querySelector(".line").getAttribute("stroke-width"));

/** Mark what is selected. */
export function mark(svg, selected) {
  for (const element of svg.querySelectorAll(".node, .edge[tabindex]")) {
    const chosen = value(element);
    const is = Boolean(selected) && Object.keys(chosen).every((key) => chosen[key] === selected[key]);
    element.classList.toggle("selected", is);
    element.setAttribute("aria-pressed", String(is));
  }
}

/** Pan and zoom for `svg`; the wheel zooms only with Ctrl (a pinch), so that the page still scrolls over the map. */
export function panZoom(svg, size) {
  const control = svgPanZoom(svg, {
    viewportSelector: ".svg-pan-zoom_viewport",
    mouseWheelZoomEnabled: false,
    dblClickZoomEnabled: false,
    fit: false,
    center: false,
    minZoom: 0.1,
    maxZoom: 6,
    zoomScaleSensitivity: 0.3,
  });
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const area = svg.getBoundingClientRect();
      const at = { x: event.clientX - area.left, y: event.clientY - area.top };
      control.zoomAtPointBy(Math.exp(-event.deltaY / 300), at);
    },
    { passive: false },
  );
  const show = (readable) => {
    const area = svg.getBoundingClientRect();
    const room = { width: area.width - 32, height: area.height - 32 };
    const whole = Math.min(room.width / size.width, room.height / size.height, 1.15);
    const zoom = readable ? Math.max(whole, Math.min(READABLE, room.width / size.width)) : whole;
    control.zoom(zoom);
    const top = size.height * zoom > room.height ? 16 : (area.height - size.height * zoom) / 2;
    control.pan({ x: (area.width - size.width * zoom) / 2, y: top });
  };
  const reveal = (element) => {
    const [area, at] = [svg.getBoundingClientRect(), element.getBoundingClientRect()];
    const outside = at.left < area.left || at.right > area.right || at.top < area.top || at.bottom > area.bottom;
    if (!outside) return;
    control.panBy({
      x: (area.left + area.right - at.left - at.right) / 2,
      y: (area.top + area.bottom - at.top - at.bottom) / 2,
    });
  };
  return { control, reveal, fit: () => show(false), open: () => show(true) };
}
