// A box to choose one node by typing a part of its name.
import { capital } from "./dom.js";
import { make } from "./dom.js";
import { plain } from "./dom.js";

const OFFERED = 8;
let nodeBoxes = 0;

/** Returns the nodes that fit what was typed: names that begin so first, then words, then parts; in each the larger first. */
const fitting = (data, text, allowed) => {
  const wanted = plain(text).trim();
  const found = [[], [], []];
  for (let i = 0; i < data.n && found[0].length < OFFERED; i += 1) {
    if (!allowed(i)) continue;
    const name = plain(data.labels[i]);
    const at = name.indexOf(wanted);
    const rank = at < 0 ? (plain(data.aliases[i]).includes(wanted) ? 2 : -1) : at === 0 ? 0 : /[\s-]/.test(name[at - 1]) ? 1 : 2;
    if (rank >= 0 && found[rank].length < OFFERED) found[rank].push(i);
  }
  return found.flat().slice(0, OFFERED);
};

/**
 * Makes the box. `allowed(i)` says which nodes may be chosen, `onPick(i)` is told the choice, -1 when it is emptied.
 *
 * Returns `{ element, input, value }`; setting `value` shows another node without telling `onPick`.
 */
export const makeNodeBox = ({ data, label, placeholder = "", allowed = () => true, onPick }) => {
  const name = `nodebox-${nodeBoxes += 1}`;
  let [value, offered, at] = [-1, [], -1];
  const list = make("ul", { id: `${name}-list`, class: "offers", role: "listbox", "aria-label": label, hidden: true });
  const input = make("input", {
    id: name, type: "text", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": list.id,
  });
  const empty = make("button", { type: "button", class: "empty", "aria-label": `Clear ${label.toLowerCase()}`, hidden: true }, "×");
  const element = make("div", { class: "nodebox" }, make("label", { for: name }, label), make("div", { class: "field" }, input, empty, list));

  const shut = () => {
    list.hidden = true;
    at = -1;
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
  const offer = () => {
    offered = fitting(data, input.value, allowed);
    list.replaceChildren(...offered.map((i, k) => make(
      "li",
      { id: `${name}-${k}`, role: "option", "aria-selected": "false", on: { pointerdown: (event) => { event.preventDefault(); pick(i); } } },
      make("span", {}, data.labels[i]), make("small", {}, capital(data.kinds[data.kind[i]].label)),
    )));
    if (!offered.length) list.append(make("li", { class: "none" }, "Nothing of this name"));
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
