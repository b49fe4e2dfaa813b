// Where everything lies: Graphviz' dot computes it from sizes we measured, we draw it ourselves.

import { Graphviz } from "@hpcc-js/wasm-graphviz";

export const START = "\u25b6 start";
export const END = "\u25a0 end";

const POINTS_PER_INCH = 72;
const MAX_TEXT = 168;
const LINE = 16;
const TERMINAL = 22;

const graphviz = Graphviz.load(); // once a page, and at once: compiling the WebAssembly takes some 100 ms

/** The place of every node and edge of `data`, in pixels with y downwards. */
export async function layout(data, font) {
  const boxes = measure(data.nodes, font);
  return fromJson(await run(toDot(data, boxes)), data, boxes);
}

/** What dot says of a graph in its language. */
export async function run(graph) {
  return JSON.parse((await graphviz).layout(graph, "json0", "dot"));
}

/** Size and wrapped name of every node, by its id, else its name. */
export function measure(nodes, font) {
  const pen = document.createElement("canvas").getContext("2d");
  const boxes = new Map();
  for (const node of nodes) {
    pen.font = `600 13px ${font}`;
    const lines = wrap(node.name, (s) => pen.measureText(s).width);
    pen.font = `400 12px ${font}`;
    const widths = [...lines.map((l) => pen.measureText(l).width * 1.06), pen.measureText(node.note).width];
    boxes.set(node.id ?? node.name, {
      lines,
      width: Math.max(96, Math.ceil(Math.max(...widths)) + 28),
      height: lines.length * LINE + LINE + 20,
    });
  }
  return boxes;
}

/** `name` in at most two lines, the rest as an ellipsis. */
function wrap(name, width) {
  const lines = [""];
  for (const word of name.split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (width(longer) <= MAX_TEXT || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.length > 2 ? [lines[0], lines.slice(1).join(" ")] : lines;
  return kept.map((line) => shorten(line, width));
}

function shorten(line, width) {
  if (width(line) <= MAX_TEXT) return line;
  let end = line.length;
  while (end > 1 && width(`${line.slice(0, end)}…`) > MAX_TEXT) end -= 1;
  return `${line.slice(0, end).trimEnd()}…`;
}

/**
 * The graph in dot's language. Nodes come in the order of the flow, which Python takes from the whole log; an edge
 * against that order is handed over turned round. So dot never breaks cycles by itself, and the ranks hardly change
 * when a slider adds or removes a path.
 */
function toDot(data, boxes) {
  const order = new Map([[START, -1], ...data.nodes.map((n, i) => [n.name, i]), [END, data.nodes.length]]);
  const id = (name) => (name === START ? "s" : name === END ? "e" : `n${order.get(name)}`);
  const inches = (pixels) => (pixels / POINTS_PER_INCH).toFixed(3);
  const round = `width=${inches(TERMINAL)} height=${inches(TERMINAL)} shape=circle`;
  const lines = [
    "digraph map {",
    "graph [rankdir=TB ranksep=0.42 nodesep=0.34 splines=true pad=0 mclimit=1]",
    'node [shape=box fixedsize=true label=""]',
    "edge [arrowsize=0.6]",
    `{rank=source; s [${round}]}`,
    ...data.nodes.map((n, i) => {
      const box = boxes.get(n.name);
      return `n${i} [width=${inches(box.width)} height=${inches(box.height)}]`;
    }),
    `{rank=sink; e [${round}]}`,
    ...data.edges.map((edge, i) => {
      const forward = order.get(edge.source) <= order.get(edge.target);
      const ends = forward ? [edge.source, edge.target] : [edge.target, edge.source];
      const weight = 1 + Math.round(edge.weight * 8);
      return `${id(ends[0])} -> ${id(ends[1])} [id=${i} weight=${weight}${forward ? "" : " dir=back"}]`;
    }),
    "}",
  ];
  return lines.join("\n");
}

function fromJson(json, data, boxes) {
  const [, , width, height] = json.bb.split(",").map(Number);
  const point = (text) => {
    const [x, y] = text.split(",").map(Number);
    return { x, y: height - y };
  };
  const nodes = new Map();
  for (const object of json.objects ?? []) {
    if (!object.pos) continue;
    const name = object.name === "s" ? START : object.name === "e" ? END : data.nodes[Number(object.name.slice(1))].name;
    const box = boxes.get(name) ?? { lines: [], width: TERMINAL, height: TERMINAL };
    nodes.set(name, { ...box, ...point(object.pos) });
  }
  const edges = new Map((json.edges ?? []).map((edge) => [Number(edge.id), spline(edge.pos, point)]));
  return { width, height, nodes, edges };
}

/** The control points of an edge from its source to its target, and the tip of its arrow. */
function spline(text, point) {
  const points = [];
  let tip = null;
  let turned = false;
  for (const part of text.split(" ")) {
    if (part.startsWith("e,")) tip = point(part.slice(2));
    else if (part.startsWith("s,")) [tip, turned] = [point(part.slice(2)), true];
    else points.push(point(part));
  }
  return { points: turned ? points.reverse() : points, tip: tip ?? points.at(-1) };
}
