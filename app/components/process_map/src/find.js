// The search box: a combobox over every activity of the log, drawn or not (ARIA practices, "list autocomplete").

const MOST = 8;

/** The box's element, and `offer(activities)` to say what can be found. `choose` is called with a name. */
export function finder(choose) {
  const element = document.createElement("div");
  element.className = "find";
  element.innerHTML = `
    <input type="text" role="combobox" aria-label="Find an activity" placeholder="Find an activity" autocomplete="off"
      spellcheck="false" aria-autocomplete="list" aria-expanded="false" aria-controls="found">
    <ul id="found" role="listbox" aria-label="Activities" hidden></ul>`;
  const [input, list] = [element.querySelector("input"), element.querySelector("ul")];
  let [all, at] = [[], 0];

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    if (!option) return;
    close();
    input.value = "";
    choose(option.dataset.name);
  };
  const point = (to) => {
    at = Math.max(0, Math.min(list.children.length - 1, to));
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = list.children[at];
    option?.scrollIntoView({ block: "nearest" });
    if (option?.dataset.name) input.setAttribute("aria-activedescendant", option.id);
  };
  const open = () => {
    const found = matching(all, input.value);
    list.replaceChildren(...found.map(entry));
    if (!found.length) list.append(nothing(input.value));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(0);
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", open);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the input keeps the focus
    take(event.target.closest("[data-name]"));
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page has shortcuts of its own
    if (event.key === "ArrowDown") list.hidden ? open() : point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter") take(list.hidden ? null : list.children[at]?.closest("[data-name]"));
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  return {
    element,
    offer: (activities) => {
      all = activities;
      element.hidden = !activities.length;
    },
  };
}

/** The activities whose names hold every word of `text`; those that begin with it first, else as they come. */
function matching(all, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const begins = ({ name }) => name.toLowerCase().startsWith(text.trim().toLowerCase());
  return [...holds.filter(begins), ...holds.filter((a) => !begins(a))].slice(0, MOST);
}

function entry({ name, note, shown }, i) {
  const option = document.createElement("li");
  option.id = `found-${i}`;
  option.setAttribute("role", "option");
  option.dataset.name = name;
  const [title, more] = [document.createElement("span"), document.createElement("small")];
  title.textContent = name;
  more.textContent = shown ? note : `${note}, not shown`;
  option.append(title, more);
  return option;
}

function nothing(text) {
  const option = document.createElement("li");
  option.className = "nothing";
  option.textContent = `No activity has “${text.trim()}” in its name`;
  return option;
}
