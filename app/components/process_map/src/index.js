// The process map: a Streamlit component. Python hands over nodes, edges and colours; a click hands back what was chosen.

import { draw, placeLabels } from "./draw.js";
import { listen, mark, panZoom } from "./interact.js";
import { layout } from "./layout.js";
import style from "./style.css";

const kept = new WeakMap(); // what stays between two calls for the same place in the page

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const view = kept.get(parentElement) ?? open(parentElement);
  view.pick = (value) => setTriggerValue("pick", value ?? {});
  view.data = data;
  colour(view);
  const graph = JSON.stringify([data.nodes, data.edges, data.height]);
  if (graph === view.graph) {
    mark(view.svg ?? view.frame, data.selected);
    return;
  }
  view.graph = graph;
  show(view, graph);
}

function open(parentElement) {
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.innerHTML = `<div class="stage" aria-busy="true"></div>
    <div class="tools" role="toolbar" aria-label="Zoom">
      <button type="button" data-do="in" aria-label="Zoom in" title="Zoom in">+</button>
      <button type="button" data-do="out" aria-label="Zoom out" title="Zoom out">−</button>
      <button type="button" data-do="fit" aria-label="Show the whole map" title="Show the whole map">⤢</button>
    </div>`;
  const sheet = document.createElement("style");
  sheet.textContent = style;
  parentElement.append(sheet, frame);
  const view = { frame, stage: frame.querySelector(".stage") };
  frame.querySelector(".tools").addEventListener("click", (event) => {
    const act = { in: () => view.zoom.control.zoomIn(), out: () => view.zoom.control.zoomOut(), fit: () => view.zoom.fit() };
    if (view.zoom) act[event.target.dataset.do]?.();
  });
  kept.set(parentElement, view);
  return view;
}

/** Lay out and draw what `view` was given last; an older request that ends later is dropped. */
async function show(view, graph) {
  const { data, frame, stage } = view;
  frame.style.height = `${data.height}px`;
  const place = await layout(data, getComputedStyle(frame).fontFamily);
  if (graph !== view.graph) return;
  const before = positions(view.svg);
  const viewport = view.zoom && { pan: view.zoom.control.getPan(), zoom: view.zoom.control.getZoom() };
  const svg = draw(data, place);
  view.zoom?.control.destroy();
  stage.replaceChildren(svg);
  placeLabels(svg, data, place);
  listen(svg, (value) => view.pick(value), (element) => view.zoom.reveal(element));
  mark(svg, view.data.selected);
  view.zoom = panZoom(svg, place);
  if (viewport && view.key === data.key) restore(view.zoom.control, viewport);
  else view.zoom.open();
  if (view.key === data.key) glide(svg, before);
  [view.svg, view.key] = [svg, data.key];
  stage.setAttribute("aria-busy", "false");
}

function restore(control, viewport) {
  control.zoom(viewport.zoom);
  control.pan(viewport.pan);
}

function positions(svg) {
  const nodes = svg ? [...svg.querySelectorAll(".node")] : [];
  return new Map(nodes.map((node) => [node.dataset.activity, node.getAttribute("transform")]));
}

/** Let every node that stays glide from where it was, so that the eye can follow. */
function glide(svg, before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const node of svg.querySelectorAll(".node")) {
    const from = before.get(node.dataset.activity);
    const to = node.getAttribute("transform");
    if (!from || from === to) continue;
    const css = (transform) => transform.replace(/translate\(([-\d.]+) ([-\d.]+)\)/, "translate($1px, $2px)");
    node.animate([{ transform: css(from) }, { transform: css(to) }], { duration: 260, easing: "ease-out" });
  }
}

/** Take the colours of the theme that is shown: Python sends both, the page's background tells which. */
function colour({ frame, data }) {
  const ground = getComputedStyle(frame).getPropertyValue("--st-background-color").trim();
  const colours = data.palette[isDark(ground) ? "dark" : "light"];
  for (const [name, value] of Object.entries(colours)) frame.style.setProperty(`--${name}`, value);
}

function isDark(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour || "#fff";
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
