// A box to choose one node by typing a part of its name; it shows which one is chosen.
import { button, make } from "./dom.js";
import { nodeCombobox } from "./search.js";

let nodeBoxes = 0;

/**
 * Makes the box. `allowed(i)` says which nodes may be chosen, `onPick(i)` is told the choice, -1 when it is emptied.
 *
 * Returns `{ element, input, value }`; setting `value` shows another node without telling `onPick`.
 */
export const makeNodeBox = ({ app, label, placeholder = "", allowed = () => true, onPick }) => {
  const { data } = app;
  const name = `nodebox-${nodeBoxes += 1}`;
  let value = -1;
  const list = make("ul", { id: `${name}-list`, class: "found", role: "listbox", "aria-label": label, hidden: true });
  const input = make("input", {
    id: name, type: "text", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  });
  const empty = button(() => { pick(-1); input.focus(); }, {
    class: "empty", "aria-label": `Clear ${label.toLowerCase()}`, hidden: true,
  }, "×");
  const show = (i) => {
    value = i;
    input.value = i >= 0 ? data.labels[i] : "";
    empty.hidden = i < 0;
  };
  const pick = (i) => { show(i); onPick(i); };
  const cancel = (busy) => { show(value); return busy; };
  nodeCombobox(app, { input, list, take: pick, cancel, allowed });
  input.addEventListener("input", () => { if (!input.value.trim() && value >= 0) pick(-1); });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => show(value));
  return {
    element: make("div", { class: "nodebox" }, make("label", { for: name }, label), make("div", { class: "field" }, input, empty, list)),
    input,
    get value() { return value; },
    set value(i) { if (i !== value || document.activeElement !== input) show(i); }, // what is being typed stays
  };
};
