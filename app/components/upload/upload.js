// Sends a chosen or dropped file to the server and tells Python when all of it is there.

const SIZES = ["B", "kB", "MB", "GB"];

/** A number of bytes as people read it. */
function size(bytes) {
  let unit = 0;
  while (bytes >= 1000 && unit < SIZES.length - 1) {
    bytes /= 1000;
    unit += 1;
  }
  return `${bytes < 10 && unit ? bytes.toFixed(1) : Math.round(bytes)} ${SIZES[unit]}`;
}

/** An element with a class, attributes and children. */
function make(tag, className, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const place = parentElement.querySelector(".drop");
  if (place.dataset.ready === "yes") return;
  place.dataset.ready = "yes";
  let request = null;

  function ask(wrong) {
    const input = make("input", "", { type: "file", accept: data.accept });
    input.setAttribute("aria-label", "File to import");
    const label = make(
      "label", "", {},
      make("b", "", {}, "Drop a file here, or choose one"), make("span", "hint", {}, data.hint), input,
    );
    input.addEventListener("change", () => input.files.length && send(input.files[0]));
    for (const name of ["dragover", "dragenter"]) {
      label.addEventListener(name, (event) => {
        event.preventDefault();
        label.classList.add("over");
      });
    }
    label.addEventListener("dragleave", () => label.classList.remove("over"));
    label.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) send(event.dataTransfer.files[0]);
    });
    place.replaceChildren(label, ...(wrong ? [make("p", "wrong", { role: "alert" }, wrong)] : []));
  }

  function send(file) {
    const bar = make("progress", "", { max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    const told = make("span", "", {}, `0 B of ${size(file.size)}`);
    const stop = make("button", "", { type: "button" }, "Cancel");
    stop.addEventListener("click", () => request && request.abort());
    const row = make("div", "row", {}, make("span", "", {}, `Sending ${file.name}`), told);
    place.replaceChildren(make("div", "sending", {}, row, bar, stop));
    request = new XMLHttpRequest();
    request.open("PUT", new URL(`tandem/upload?name=${encodeURIComponent(file.name)}`, new URL("/", window.location)));
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded;
      told.textContent = `${size(event.loaded)} of ${size(file.size)}`;
    });
    request.addEventListener("load", () => {
      const answer = request.status === 200 ? JSON.parse(request.responseText) : null;
      if (answer) {
        setTriggerValue("sent", answer);
        ask("");
      } else {
        ask(request.responseText || `The server answered ${request.status}.`);
      }
    });
    request.addEventListener("error", () => ask("The connection to the server broke. Try again."));
    request.addEventListener("abort", () => ask(""));
    request.send(file);
  }

  ask("");
}
