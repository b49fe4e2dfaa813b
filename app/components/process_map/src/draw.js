// The SVG: nodes, edges, labels. Every colour is a class or a custom property; the numbers come from layout.js.

import { END, START } from "./layout.js";

const SVG = "http://www.w3.org/2000/svg";
const KINDS = ["human", "agent", "system", "unknown"];

/** An SVG element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The whole map as one `<svg>`. Edges lie under nodes, labels over edges. */
export function draw(data, place) {
  const edges = data.edges.map((edge, i) => drawEdge(edge, place.edges.get(i), i));
  const nodes = data.nodes.map((node) => drawNode(node, place.nodes.get(node.name)));
  const terminals = [START, END].filter((t) => place.nodes.has(t)).map((t) => drawTerminal(t, place.nodes.get(t)));
  const viewport = make(
    "g",
    { class: "svg-pan-zoom_viewport" },
    make("g", { class: "edges" }, ...edges),
    make("g", { class: "nodes" }, ...terminals, ...nodes),
    make("g", { class: "labels" }),
  );
  const svg = make("svg", { role: "group", "aria-label": data.name, class: "map" }, definitions(), viewport);
  return svg;
}

/** Hatching for unknown performers: known by its pattern, not by its colour. */
function definitions() {
  const size = 7;
  const hatch = make(
    "pattern",
    { id: "hatch", width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    make("rect", { width: size, height: size, class: "hatch-ground" }),
    make("rect", { width: 1.6, height: size, class: "hatch-line" }),
  );
  return make("defs", {}, hatch);
}

function drawNode(node, at) {
  const [left, top] = [-at.width / 2, -at.height / 2];
  const group = make("g", {
    class: `node ${node.heat === null ? `kind-${node.kind}` : `heat-${node.heat}`}`,
    transform: `translate(${at.x} ${at.y})`,
    tabindex: "0",
    role: "button",
    "aria-label": node.title,
    "aria-pressed": "false",
    "data-activity": node.name,
  });
  group.append(
    make("title", {}, node.title),
    make("rect", { class: "box", x: left, y: top, width: at.width, height: at.height, rx: 7 }),
    ...at.lines.map((line, i) => make("text", { class: "name", y: top + 19 + i * 16 }, line)),
    make("text", { class: "note", y: top + 19 + at.lines.length * 16 }, node.note),
    ...mixBar(node, left + 8, top + at.height - 8, at.width - 16),
  );
  return group;
}

/** Who did the activity, as a thin bar of shares under its name; nothing where one kind did it all. */
function mixBar(node, x, y, width) {
  const shares = KINDS.filter((kind) => node.mix[kind] > 0);
  if (shares.length < 2) return [];
  let from = x;
  return shares.map((kind) => {
    const part = make("rect", { class: `mix mix-${kind}`, x: from, y, width: width * node.mix[kind], height: 3.5 });
    from += width * node.mix[kind];
    return part;
  });
}

function drawTerminal(name, at) {
  const started = name === START;
  const shape = started
    ? make("path", { d: "M -4 -5.5 L 6 0 L -4 5.5 Z" })
    : make("rect", { x: -4.5, y: -4.5, width: 9, height: 9, rx: 1 });
  return make(
    "g",
    { class: "terminal", transform: `translate(${at.x} ${at.y})`, "data-terminal": started ? "start" : "end" },
    make("title", {}, started ? "Start of the cases" : "End of the cases"),
    make("circle", { r: at.width / 2 }),
    shape,
    make("text", { x: at.width / 2 + 6, y: 4 }, started ? "Start" : "End"),
  );
}

function drawEdge(edge, at, index) {
  const width = 1 + edge.weight * 7;
  const terminal = edge.source === START || edge.target === END;
  const group = make("g", {
    class: `edge${terminal ? " to-terminal" : ""}${edge.heat === null ? "" : ` heat-${edge.heat}`}`,
    "data-source": edge.source,
    "data-target": edge.target,
    "data-index": index,
    tabindex: "0",
    role: "button",
    "aria-label": edge.title,
    "aria-pressed": "false",
  });
  const line = path(at);
  group.append(
    make("title", {}, edge.title),
    make("path", { class: "hit", d: line }),
    make("path", { class: "line", d: line, "stroke-width": width.toFixed(2) }),
    make("path", { class: "arrow", d: arrow(at, width) }),
  );
  return group;
}

function path({ points }) {
  const at = (p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
  const parts = [`M ${at(points[0])}`];
  for (let i = 1; i + 2 < points.length; i += 3) parts.push(`C ${at(points[i])} ${at(points[i + 1])} ${at(points[i + 2])}`);
  return parts.join(" ");
}

/** A triangle from the end of the line to the tip, wider on wider lines. */
function arrow({ points, tip }, width) {
  const from = points.at(-1);
  const [dx, dy] = [tip.x - from.x, tip.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const half = 2.6 + width * 0.55;
  const [nx, ny] = [(-dy / length) * half, (dx / length) * half];
  return `M ${from.x + nx} ${from.y + ny} L ${tip.x} ${tip.y} L ${from.x - nx} ${from.y - ny} Z`;
}

/** Put a label beside each edge that has one, where it covers no node and no other label. */
export function placeLabels(svg, data, place) {
  const taken = [...place.nodes.values()].map((n) => ({ x: n.x, y: n.y, w: n.width / 2, h: n.height / 2 }));
  const layer = svg.querySelector(".labels");
  data.edges.forEach((edge, i) => {
    if (!edge.label) return;
    const line = svg.querySelector(`.edge[data-index="${i}"] .line`);
    const half = { w: edge.label.length * 3.2 + 4, h: 8 };
    const spot = freeSpot(line, half, taken);
    if (!spot) return;
    taken.push(spot);
    layer.append(
      make(
        "g",
        { class: "label", "data-index": i, transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})` },
        make("rect", { x: -half.w, y: -half.h, width: 2 * half.w, height: 2 * half.h, rx: 4 }),
        make("text", { y: 4 }, edge.label),
      ),
    );
  });
}

/** The middle of a label right or left of its line; null where every place along the line is taken. */
function freeSpot(line, half, taken) {
  const length = line.getTotalLength();
  const away = half.w + Number(line.getAttribute("stroke-width")) / 2;
  for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
    const at = line.getPointAtLength(length * share);
    const next = line.getPointAtLength(Math.min(length, length * share + 1));
    const steep = Math.abs(next.y - at.y) / (Math.hypot(next.x - at.x, next.y - at.y) || 1);
    for (const side of [1, -1]) {
      const spot = { x: at.x + side * away * steep, y: at.y - (1 - steep) * (half.h + 2), ...half };
      if (!taken.some((t) => Math.abs(t.x - spot.x) < t.w + half.w && Math.abs(t.y - spot.y) < t.h + half.h)) return spot;
    }
  }
  return null;
}
