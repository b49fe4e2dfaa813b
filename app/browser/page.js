// What a page needs of the browser that Streamlit does not give. It stands in the page before Streamlit's own script.

// One entry in the history for one act of the person. Streamlit makes several: one for the page that is left, without
// what its widgets had put into the address, one for the new page, and one for every correction of its address. The
// first after an act is an entry; what follows without an act replaces it, so that Back leads to what was seen before.
(() => {
  let acted = false;
  for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { acted = true; }, true);
  addEventListener("popstate", () => { acted = false; }, true);
  const ways = { push: history.pushState.bind(history), replace: history.replaceState.bind(history) };
  const write = (way) => (...entry) => {
    ways[acted ? way : "replace"](...entry);
    acted = false;
  };
  history.pushState = write("push");
  history.replaceState = write("replace");
})();

// Escape closes the list of options that is open, and never a form that was begun: one that says so, as the server had
// it, or one in which a person has chosen or typed and whose answer is still to come. Such a form never hears the key:
// a list says for a while after it was closed that it is open, and would leave the key to the form. A list of options is
// closed by taking the focus from its box for a moment; anything else that is open, such as a calendar, hears it once.
(() => {
  const moment = 500;
  let heard = -moment;
  const touched = new WeakSet();
  const shown = (marks) => document.querySelector(marks)?.closest('[data-testid="stPopoverBody"]');
  const chooses = {
    pointerdown: ({ target }) => target.closest?.('[role="option"]'),
    keydown: ({ key }) => key === "Enter",
    input: ({ target }, form) => form.contains(target) && target.getAttribute("role") !== "combobox",
  };
  for (const [kind, chosen] of Object.entries(chooses)) {
    addEventListener(kind, (event) => {
      const form = shown(".st-key-filter-form");
      if (form && chosen(event, form)) touched.add(form);
    }, true);
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const fresh = shown(".st-key-filter-form");
    const form = shown(".st-key-begun") ?? (touched.has(fresh) ? fresh : null);
    if (!form) return;
    const box = document.activeElement;
    const open = form.querySelector('[aria-expanded="true"]:not([role="combobox"])');
    if (open && event.timeStamp - heard > moment) {
      heard = event.timeStamp;
      return;
    }
    event.stopImmediatePropagation();
    if (box?.getAttribute("role") === "combobox") {
      box.blur();
      box.focus();
    }
  }, true);
})();

// A click that meets no option, because the list of options moved under the pointer, does nothing. Streamlit takes it
// for a click beside the form that the list belongs to and closes it with all that was chosen.
addEventListener("click", (event) => {
  const list = event.target.closest?.('[role="listbox"]');
  if (list && !event.target.closest('[role="option"]')) event.stopImmediatePropagation();
}, true);
