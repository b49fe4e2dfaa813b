// Hover, focus, click and keys; pan and zoom.

import svgPanZoom from "svg-pan-zoom";

const [BOX, FREE] = [244, 46]; // the corner where the search box lies
const WIDE = 0.7; // what is much wider than the window opens with its beginning, a little smaller
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
    const least = size.wide ? WIDE : Math.min(READABLE, room.width / size.width);
    const zoom = readable ? Math.max(whole, least) : whole;
    control.zoom(zoom);
    const top = size.height * zoom > room.height ? 16 : (area.height - size.height * zoom) / 2;
    const left = Math.max((area.width - size.width * zoom) / 2, size.wide && readable ? 16 : -Infinity);
    control.pan({ x: left, y: top });
    if ([...svg.querySelectorAll(".node, .terminal")].some((e) => covered(spot(e), zoom, left, top))) {
      control.pan({ x: left, y: FREE + 8 });
    }
  };
  const covered = (at, zoom, left, top) => at.left * zoom + left < BOX && at.top * zoom + top < FREE;
  // Places are reckoned, not asked of the page: it moves only with the next frame.
  const spot = (element) => {
    const { x, y, width, height } = element.getBBox();
    const [dx, dy] = element.getAttribute("transform")?.match(/-?[\d.]+/g).map(Number) ?? [0, 0];
    return { left: x + dx, right: x + dx + width, top: y + dy, bottom: y + dy + height };
  };
  const centre = (element) => {
    if (control.getZoom() < READABLE) control.zoom(READABLE);
    const [zoom, at, area] = [control.getZoom(), spot(element), svg.getBoundingClientRect()];
    control.pan({
      x: area.width / 2 - ((at.left + at.right) / 2) * zoom,
      y: area.height / 2 - ((at.top + at.bottom) / 2) * zoom,
    });
  };
  const reveal = (element) => {
    const [zoom, pan, at, area] = [control.getZoom(), control.getPan(), spot(element), svg.getBoundingClientRect()];
    const across = at.left * zoom + pan.x >= 0 && at.right * zoom + pan.x <= area.width;
    const down = at.top * zoom + pan.y >= 0 && at.bottom * zoom + pan.y <= area.height;
    if (!across || !down) centre(element);
  };
  return { control, reveal, centre, fit: () => show(false), open: () => show(true) };
}
