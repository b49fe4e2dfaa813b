// What is drawn as a picture of its own: every colour and font is written into it, with its caption and its legend.

import { dress } from "../../shared/theme.js";
import { make } from "./draw.js";

const STYLES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity",
  "paint-order", "font-size", "font-weight", "text-anchor",
];
const MARGIN = 24;
const FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const LEGEND_ENTRY = 150;

/** The text of the SVG of all that is drawn, on the ground of `theme` (light or dark), and its size. */
export function picture({ data, frame, svg }, theme) {
  const stage = document.createElement("div");
  stage.className = "frame"; // the same rules of style apply, with the colours of the theme that was asked for
  stage.style.cssText = "position:absolute;left:-99999px;top:0;width:10px;height:10px;overflow:hidden";
  dress(stage, data.palette[theme]);
  const copy = svg.cloneNode(true);
  const viewport = copy.querySelector(".svg-pan-zoom_viewport");
  viewport.removeAttribute("transform");
  viewport.removeAttribute("style");
  copy.classList.remove("lit");
  copy.querySelectorAll(".near, .selected").forEach((e) => e.classList.remove("near", "selected"));
  copy.querySelectorAll(".hit").forEach((e) => e.remove());
  stage.append(copy);
  frame.append(stage);
  try {
    const box = viewport.getBBox();
    const size = { width: Math.ceil(Math.max(box.width, 420) + 2 * MARGIN), height: 0 };
    const foot = footer(data, size.width - 2 * MARGIN);
    size.height = Math.ceil(box.height + 2 * MARGIN + foot.height);
    const left = box.x - (size.width - box.width) / 2;
    foot.element.setAttribute("transform", `translate(${left + MARGIN} ${box.y + box.height + MARGIN})`);
    copy.append(foot.element);
    write(copy);
    const ground = make("rect", { x: left, y: box.y - MARGIN, ...size, fill: data.palette[theme].ground });
    copy.prepend(make("title", {}, data.name), ground);
    for (const name of [...copy.getAttributeNames()]) copy.removeAttribute(name);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `${left} ${box.y - MARGIN} ${size.width} ${size.height}`);
    copy.setAttribute("width", size.width);
    copy.setAttribute("height", size.height);
    copy.setAttribute("font-family", FONT);
    return { text: new XMLSerializer().serializeToString(copy), size };
  } finally {
    stage.remove();
  }
}

/** Write into every element how it looks; drop what only a page needs. */
function write(copy) {
  const elements = [...copy.querySelectorAll("*")].filter((e) => !["title", "defs", "pattern"].includes(e.localName));
  const looks = elements.map((element) => {
    const computed = getComputedStyle(element);
    return STYLES.map((name) => [name, computed.getPropertyValue(name)]);
  });
  elements.forEach((element, i) => {
    for (const name of [...element.getAttributeNames()]) {
      if (/^(class|style|tabindex|role|aria-.*|data-.*)$/.test(name)) element.removeAttribute(name);
    }
    if (element.localName === "g") return set(element, looks[i].filter(([name]) => name === "opacity"));
    const text = element.localName === "text";
    set(element, looks[i].filter(([name]) => text || !/^(font|text)/.test(name)));
  });
}

function set(element, looks) {
  for (const [name, value] of looks) {
    if (value && !(name === "opacity" && value === "1") && !(name === "paint-order" && value === "normal")) {
      element.setAttribute(name, value);
    }
  }
}

/** What the picture shows, in words, and what its colours mean. */
function footer(data, width) {
  const element = make("g", { class: "foot" });
  const across = Math.max(1, Math.floor(width / LEGEND_ENTRY));
  const legend = data.legend ?? [];
  legend.forEach(({ words, look }, i) => {
    const [x, y] = [(i % across) * LEGEND_ENTRY, 20 + Math.floor(i / across) * 20];
    const sample = make("g", { class: `node ${look}`, transform: `translate(${x} ${y})` });
    sample.append(make("rect", { class: "box", x: 0, y: -9, width: 16, height: 12, rx: 2 }));
    element.append(sample, make("text", { class: "caption", x: x + 22, y }, words));
  });
  let y = 20 + Math.ceil(legend.length / across) * 20;
  const letters = Math.floor(width / 6.2);
  for (const line of wrap(data.caption ?? "", letters)) {
    element.append(make("text", { class: "caption", x: 0, y }, line));
    y += 17;
  }
  return { element, height: y };
}

function wrap(text, letters) {
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (lines.length && lines.at(-1).length + word.length < letters) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
