// A box to choose one node by typing a part of its name.
import { dot, make, say } from "./dom.js";
import { namesOf } from "./search.js";

const OFFERED = 8;
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
  const list = make("ul", { id: `${name}-list`, class: "offers", role: "listbox", "aria-label": label, hidden: true });
  const input = make("input", {
    id: name, type: "text", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": list.id,
  });
  const empty = make("button", { type: "button", class: "empty", "aria-label": `Clear ${label.toLowerCase()}`, hidden: true }, "×");
  const element = make("div", { class: "nodebox" }, make("label", { for: name }, label), make("div", { class: "field" }, input, empty, list));

  const shut = () => {
    list.hidden = true;
    [at, asked] = [-1, asked + 1];
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
    if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const offer = async () => {
    asked += 1;
    const mine = asked;
    const found = await namesOf(app).search(input.value, () => mine !== asked, true);
    if (!found || mine !== asked) return;
    offered = Array.from(new Set([...found.best, ...found.all])).filter(allowed).slice(0, OFFERED);
    list.replaceChildren(...offered.map((i, k) => make(
      "li",
      { id: `${name}-${k}`, role: "option", "aria-selected": "false", on: { pointerdown: (event) => { event.preventDefault(); pick(i); } } },
      dot(data.kinds[data.kind[i]]), make("span", {}, data.labels[i]), make("small", {}, data.kinds[data.kind[i]].label),
    )));
    if (!offered.length) list.append(make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing of this name"));
    say(offered.length ? "" : "Nothing of this name");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(offered.length ? 0 : -1);
  };
  input.addEventListener("input", () => { if (input.value.trim()) offer(); else { shut(); if (value >= 0) pick(-1); } });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => show(value));
  empty.addEventListener("click", () => { pick(-1); input.focus(); });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) offer();
      else if (offered.length) mark((at + step + offered.length) % offered.length);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      pick(offered[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(value);
    }
  });
  return { element, input, get value() { return value; }, set value(i) { if (i !== value || document.activeElement !== input) show(i); } };
};
