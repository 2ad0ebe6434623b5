// A box to choose one node by typing a part of its name.
import { button, make, named, say } from "./dom.js";
import { namesOf } from "./search.js";

const OFFERED = 8; // names in the list
let nodeBoxes = 0;

/**
 * Makes the box. `allowed(i)` says which nodes may be chosen, `onPick(i)` is told the choice, -1 when it is emptied.
 *
 * Returns `{ element, input, value }`; setting `value` shows another node without telling `onPick`.
 */
export const makeNodeBox = ({ app, label, placeholder = "", allowed = () => true, onPick }) => {
  const { data } = app;
  const name = `nodebox-${nodeBoxes += 1}`;
  let [value, offered, at, asked] = [-1, [], -1, 0];
  let [waiting, entered] = [false, false]; // a search is under way; Enter was pressed meanwhile
  const list = make("ul", { id: `${name}-list`, class: "offers", role: "listbox", "aria-label": label, hidden: true });
  const input = make("input", {
    id: name, type: "text", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  });
  const empty = button(() => { pick(-1); input.focus(); }, {
    class: "empty", "aria-label": `Clear ${label.toLowerCase()}`, hidden: true,
  }, "×");
  const field = make("div", { class: "field" }, input, empty, list);

  const shut = () => {
    list.hidden = true;
    [at, asked, waiting] = [-1, asked + 1, false];
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const show = (i) => {
    value = i;
    input.value = i >= 0 ? data.labels[i] : "";
    empty.hidden = i < 0;
    shut();
  };
  const pick = (i) => { show(i); onPick(i); };
  const mark = (to) => {
    at = to;
    Array.from(list.children).forEach((each, k) => each.setAttribute("aria-selected", String(k === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const row = (i, k) => make("li", {
    id: `${name}-${k}`, role: "option", "aria-selected": "false",
    on: { pointerdown: (event) => event.preventDefault(), click: () => pick(i) },
  }, ...named(data, i));
  const nothing = () => make("li", {
    class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false",
  }, "Nothing of this name");
  const offer = async () => {
    asked += 1;
    const mine = asked;
    [waiting, entered] = [true, false];
    const found = await namesOf(app).search(input.value, () => mine !== asked, true);
    if (!found || mine !== asked) return;
    waiting = false;
    offered = Array.from(new Set([...found.best, ...found.all])).filter(allowed).slice(0, OFFERED);
    if (entered && offered.length) { pick(offered[0]); return; }
    list.replaceChildren(...(offered.length ? offered.map(row) : [nothing()]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(offered.length ? 0 : -1);
    say(offered.length ? `${offered.length} found` : "Nothing of this name");
  };
  const enter = () => {
    if (waiting) entered = true;
    else if (!list.hidden && at >= 0) pick(offered[at]);
  };
  const step = (by) => {
    if (list.hidden) { if (input.value.trim()) offer(); return; }
    if (offered.length) mark((at + by + offered.length) % offered.length);
  };
  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: enter };
  input.addEventListener("input", () => {
    if (input.value.trim()) { offer(); return; }
    shut();
    if (value >= 0) pick(-1);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => show(value));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key in keys) {
      event.preventDefault();
      keys[event.key]();
    } else if (event.key === "Escape" && (!list.hidden || waiting)) {
      event.preventDefault();
      event.stopPropagation();
      show(value);
    }
  });
  return {
    element: make("div", { class: "nodebox" }, make("label", { for: name }, label), field), input,
    get value() { return value; },
    set value(i) { if (i !== value || document.activeElement !== input) show(i); }, // what is being typed stays
  };
};
