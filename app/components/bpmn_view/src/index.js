/*! Contains bpmn-js, (c) 2014-present Camunda Services GmbH, under the bpmn.io licence (https://bpmn.io/license): the mark
that links to bpmn.io must stay visible. Contains bpmn-auto-layout, bpmn-moddle, diagram-js and others under MIT. */
// A BPMN diagram: a Streamlit component round bpmn-js' viewer, whose mark in the corner stays as its licence asks.

import { layoutProcess } from "bpmn-auto-layout";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import diagramSheet from "diagram-js/assets/diagram-js.css";
import bpmnSheet from "bpmn-js/dist/assets/bpmn-js.css";
import frameSheet from "../../shared/frame.css";
import { savePng, saveSvg } from "../../shared/image.js";
import { colour } from "../../shared/theme.js";
import { toolbar } from "../../shared/tools.js";
import style from "./style.css";

const kept = new WeakMap(); // what stays between two calls for the same place in the page

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const view = kept.get(parentElement) ?? open(parentElement);
  view.pick = (value) => setTriggerValue("pick", value);
  view.data = data;
  view.frame.style.height = `max(${data.height}px, calc(100vh - ${data.above}px))`;
  const theme = colour(view.frame, data.palette);
  const drawn = `${theme} ${data.xml}`;
  if (drawn !== view.drawn) {
    view.drawn = drawn;
    show(view, theme, drawn);
  } else mark(view);
}

function open(parentElement) {
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.innerHTML = '<div class="stage" role="img" aria-busy="true"></div><p class="failed" role="alert" hidden></p>';
  const sheet = document.createElement("style");
  sheet.textContent = diagramSheet + bpmnSheet + frameSheet + style;
  const view = { frame, stage: frame.querySelector(".stage"), failed: frame.querySelector(".failed") };
  const zoom = (step) => view.viewer?.get("zoomScroll").stepZoom(step);
  const picture = (save) => async (theme) => {
    const text = await inTheme(view, theme);
    await save(text, size(text), view.data.file);
  };
  frame.append(
    toolbar({
      in: () => zoom(1),
      out: () => zoom(-1),
      fit: () => view.viewer?.get("canvas").zoom("fit-viewport", "auto"),
      svg: picture((text, _size, name) => saveSvg(text, name)),
      png: picture(savePng),
    }),
  );
  parentElement.append(sheet, frame);
  kept.set(parentElement, view);
  return view;
}

async function show(view, theme, drawn) {
  const { data, stage, failed } = view;
  stage.setAttribute("aria-label", data.name);
  try {
    const viewer = await viewerOf(data, theme, stage, view.viewer);
    if (drawn !== view.drawn) return;
    view.viewer = viewer;
    viewer.on("element.click", ({ element }) => {
      const name = element.type === "label" ? null : element.businessObject?.name;
      if (name && /Task$/.test(element.type)) view.pick({ activity: name });
    });
    openAt(viewer);
    mark(view);
    failed.hidden = true;
  } catch (error) {
    failed.textContent = `This diagram cannot be drawn: ${error.message}`;
    failed.hidden = false;
  }
  stage.setAttribute("aria-busy", "false");
}

/** A viewer that shows the diagram in `stage` (in place of `before`), or in a place that nobody sees. */
async function viewerOf(data, theme, stage, before) {
  const colours = data.palette[theme];
  before?.destroy();
  const viewer = new NavigatedViewer({
    container: stage,
    bpmnRenderer: { defaultFillColor: colours.ground, defaultStrokeColor: colours.ink, defaultLabelColor: colours.ink },
    textRenderer: { defaultStyle: { fontFamily: getComputedStyle(stage).fontFamily, fontSize: 14 } },
  });
  const xml = /<bpmndi:BPMNDiagram/.test(data.xml) ? data.xml : await layoutProcess(data.xml);
  await viewer.importXML(xml);
  return viewer;
}

const WHOLE = 0.5; // from this zoom on the whole is shown: its shape can be seen, its names nearly be read
const READABLE = 0.65; // else the beginning is shown, as large as this

function openAt(viewer) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() >= WHOLE) return;
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  const start = viewer.get("elementRegistry").find((element) => element.type === "bpmn:StartEvent");
  const middle = start ? start.y + start.height / 2 : inner.y + inner.height / 2;
  canvas.viewbox({ x: inner.x - 20, y: middle - height / 2, width, height });
}

/** Mark the activity that is selected. */
function mark({ viewer, data }) {
  if (!viewer) return;
  const canvas = viewer.get("canvas");
  viewer.get("elementRegistry").forEach((element) => {
    if (!/Task$/.test(element.type ?? "")) return;
    const is = data.selected !== null && element.businessObject.name === data.selected?.activity;
    canvas[is ? "addMarker" : "removeMarker"](element, "selected");
  });
}

/** The whole diagram as the text of an SVG on the ground of `theme`. */
async function inTheme({ data, stage }, theme) {
  const place = document.createElement("div");
  place.style.cssText = "position:absolute;left:-9999px;width:800px;height:600px";
  stage.parentElement.append(place);
  const viewer = await viewerOf(data, theme, place);
  const { svg } = await viewer.saveSVG();
  viewer.destroy();
  place.remove();
  const ground = `<rect x="-100000" y="-100000" width="200000" height="200000" fill="${data.palette[theme].ground}"/>`;
  return svg.replace(/(<svg[^>]*>)/, `$1${ground}`);
}

function size(text) {
  const [, width, height] = text.match(/<svg[^>]* width="([\d.]+)" height="([\d.]+)"/).map(Number);
  return { width, height };
}
