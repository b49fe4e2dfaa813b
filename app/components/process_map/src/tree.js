// A process tree from the top down: tasks are boxes, operators are pills with their sign and their word, nothing is a dot.

import { make } from "./draw.js";
import { measure, run } from "./layout.js";

const SIGNS = {
  sequence: ["→", "in this order"],
  choice: ["×", "one of these"],
  parallel: ["∧", "all, in any order"],
  loop: ["↺", "first, then again after second"],
  silent: ["", "nothing"],
};
const PILL = { height: 28, letter: 7.2, room: 40 };

/** The place of every node of `tree` and of the lines between them. */
export async function layoutTree(tree, font) {
  const nodes = flat(tree);
  const tasks = nodes.filter((n) => n.operator === "task");
  const boxes = measure(tasks.map((n) => ({ id: n.id, name: n.label, note: "" })), font);
  const size = (n) => {
    if (n.operator === "task") return { ...boxes.get(n.id), height: boxes.get(n.id).height - 16 };
    if (n.operator === "silent") return { width: 12, height: 12, lines: [] };
    return { width: n.operator.length * PILL.letter + PILL.room, height: PILL.height, lines: [] };
  };
  const inches = (pixels) => (pixels / 72).toFixed(3);
  const lines = [
    "digraph tree {",
    "graph [rankdir=TB ranksep=0.5 nodesep=0.25 ordering=out splines=line pad=0]",
    'node [shape=box fixedsize=true label=""]',
    "edge [arrowhead=none]",
    ...nodes.map((n) => `"${n.id}" [width=${inches(size(n).width)} height=${inches(size(n).height)}]`),
    ...nodes.filter((n) => n.parent).map((n) => `"${n.parent}" -> "${n.id}"`),
    "}",
  ];
  const { bb, objects } = await run(lines.join("\n"));
  const [, , width, height] = bb.split(",").map(Number);
  const placed = new Map();
  for (const object of objects ?? []) {
    const [x, y] = object.pos.split(",").map(Number);
    placed.set(object.name, { x, y: height - y });
  }
  return { width, height, wide: true, nodes: nodes.map((n) => ({ ...n, ...size(n), ...placed.get(n.id) })) };
}

function flat(node, id = "0", parent = null) {
  const below = (node.children ?? []).flatMap((child, i) => flat(child, `${id}.${i}`, id));
  return [{ id, parent, operator: node.operator, label: node.label }, ...below];
}

/** The whole tree as one `<svg>`. */
export function drawTree(data, place) {
  const byId = new Map(place.nodes.map((n) => [n.id, n]));
  const links = place.nodes.filter((n) => n.parent).map((n) => {
    const from = byId.get(n.parent);
    const d = `M ${from.x} ${from.y + from.height / 2} L ${n.x} ${n.y - n.height / 2}`;
    return make("path", { class: "branch", d });
  });
  const viewport = make(
    "g",
    { class: "svg-pan-zoom_viewport" },
    make("g", {}, ...links),
    make("g", { class: "nodes" }, ...place.nodes.map(node)),
  );
  return make("svg", { role: "group", "aria-label": data.name, class: "map" }, viewport);
}

function node(at) {
  const transform = `translate(${at.x} ${at.y})`;
  if (at.operator === "task") {
    const [left, top] = [-at.width / 2, -at.height / 2];
    return make(
      "g",
      {
        class: "node task", transform, tabindex: "0", role: "button", "aria-label": at.label, "aria-pressed": "false",
        "data-activity": at.label,
      },
      make("title", {}, at.label),
      make("rect", { class: "box", x: left, y: top, width: at.width, height: at.height, rx: 7 }),
      ...at.lines.map((line, i) => make("text", { class: "name", y: top + 19 + i * 16 }, line)),
    );
  }
  const [sign, words] = SIGNS[at.operator];
  const group = make("g", { class: `operator ${at.operator}`, transform, "data-operator": at.operator });
  group.append(make("title", {}, words));
  if (at.operator === "silent") group.append(make("circle", { r: at.width / 2 }));
  else {
    group.append(
      make("rect", { x: -at.width / 2, y: -at.height / 2, width: at.width, height: at.height, rx: at.height / 2 }),
      make("text", { y: 4 }, `${sign} ${at.operator}`),
    );
  }
  return group;
}
