/*! Contains @hpcc-js/wasm-graphviz (Apache-2.0; Graphviz: EPL) and svg-pan-zoom (BSD-2-Clause). */
// The process map: a Streamlit component. Python hands over nodes, edges and colours; a click hands back what was chosen.
// With `data.tree` it draws a process tree in the same frame, with the same pan, zoom, keys and pictures.

import frameSheet from "../../shared/frame.css";
import { savePng, saveSvg } from "../../shared/image.js";
import { colour } from "../../shared/theme.js";
import { toolbar } from "../../shared/tools.js";
import { draw, placeLabels } from "./draw.js";
import { finder } from "./find.js";
import { listen, mark, panZoom } from "./interact.js";
import { layout } from "./layout.js";
import { picture } from "./picture.js";
import style from "./style.css";
import { drawTree, layoutTree } from "./tree.js";

const kept = new WeakMap(); // what stays between two calls for the same place in the page

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const view = kept.get(parentElement) ?? open(parentElement);
  view.pick = (value) => setTriggerValue("pick", value ?? {});
  view.data = data;
  colour(view.frame, data.palette);
  view.finder.offer(data.find ?? []);
  const graph = JSON.stringify([data.nodes, data.edges, data.tree, data.height]);
  if (graph === view.graph) {
    if (view.svg) mark(view.svg, data.selected);
    return;
  }
  view.graph = graph;
  show(view, graph);
}

function open(parentElement) {
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.innerHTML = '<div class="stage" aria-busy="true"></div>';
  const sheet = document.createElement("style");
  sheet.textContent = frameSheet + style;
  parentElement.append(sheet, frame);
  const view = { frame, stage: frame.querySelector(".stage") };
  view.finder = finder((name) => find(view, name));
  const saving = (save) => (theme) => {
    if (!view.svg) return;
    const { text, size } = picture(view, theme);
    save(text, size);
  };
  frame.append(
    view.finder.element,
    toolbar({
      in: () => view.zoom?.control.zoomIn(),
      out: () => view.zoom?.control.zoomOut(),
      fit: () => view.zoom?.fit(),
      svg: saving((text) => saveSvg(text, view.data.file)),
      png: saving((text, size) => savePng(text, size, view.data.file)),
    }),
  );
  kept.set(parentElement, view);
  return view;
}

/** Select the activity that was searched for and bring it to the middle; what is not drawn Python is asked about. */
function find(view, name) {
  const node = view.svg && nodeOf(view.svg, name);
  if (node) {
    view.zoom.centre(node);
    node.focus({ preventScroll: true });
  }
  view.pick({ activity: name });
}

const nodeOf = (svg, name) => [...svg.querySelectorAll(".node")].find((n) => n.dataset.activity === name);

/** Lay out and draw what `view` was given last; an older request that ends later is dropped. */
async function show(view, graph) {
  const { data, frame, stage } = view;
  frame.style.height = `max(${data.height}px, calc(100vh - ${data.above}px))`;
  const font = getComputedStyle(frame).fontFamily;
  const place = data.tree ? await layoutTree(data.tree, font) : await layout(data, font);
  if (graph !== view.graph) return;
  const before = positions(view.svg);
  const viewport = view.zoom && { pan: view.zoom.control.getPan(), zoom: view.zoom.control.getZoom() };
  const svg = data.tree ? drawTree(data, place) : draw(data, place);
  view.zoom?.control.destroy();
  stage.replaceChildren(svg);
  if (!data.tree) placeLabels(svg, data, place);
  listen(svg, (value) => view.pick(value), (element) => view.zoom.reveal(element));
  mark(svg, view.data.selected);
  view.zoom = panZoom(svg, place);
  const same = view.key === data.key;
  if (viewport && same) restore(view.zoom.control, viewport, before, positions(svg), stage, data.selected?.activity);
  else view.zoom.open();
  if (same) glide(svg, before);
  [view.svg, view.key, view.place] = [svg, data.key, place];
  const chosen = data.selected?.activity;
  if (chosen && !(same && before.has(chosen)) && nodeOf(svg, chosen)) view.zoom.reveal(nodeOf(svg, chosen));
  stage.setAttribute("aria-busy", "false");
}

/**
 * The viewport as it was, moved so that one node stays where it stood on the screen: the one that is selected, else
 * the one nearest to the middle. What else moved glides there.
 */
function restore(control, { pan, zoom }, before, after, stage, selected) {
  control.zoom(zoom);
  const middle = { x: (stage.clientWidth / 2 - pan.x) / zoom, y: (stage.clientHeight / 2 - pan.y) / zoom };
  const stayed = [...before].filter(([name]) => after.has(name));
  const far = ([name, at]) => (name === selected ? -1 : Math.hypot(at.x - middle.x, at.y - middle.y));
  const anchor = stayed.reduce((best, next) => (best && far(best) <= far(next) ? best : next), null);
  if (!anchor) return control.pan(pan);
  const [was, is] = [anchor[1], after.get(anchor[0])];
  control.pan({ x: pan.x + (was.x - is.x) * zoom, y: pan.y + (was.y - is.y) * zoom });
}

function positions(svg) {
  const nodes = svg ? [...svg.querySelectorAll(".node")] : [];
  return new Map(nodes.map((node) => [node.dataset.activity, place(node)]));
}

function place(node) {
  const [x, y] = node.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  return { x, y };
}

/** Let every node that stays glide from where it was, so that the eye can follow. */
function glide(svg, before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const css = ({ x, y }) => `translate(${x}px, ${y}px)`;
  for (const node of svg.querySelectorAll(".node")) {
    const [from, to] = [before.get(node.dataset.activity), place(node)];
    if (!from || (from.x === to.x && from.y === to.y)) continue;
    node.animate([{ transform: css(from) }, { transform: css(to) }], { duration: 260, easing: "ease-out" });
  }
}
