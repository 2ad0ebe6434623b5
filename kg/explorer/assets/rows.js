// What the details are built of: ways to a node, sections, what unfolds, commands to copy, passages.
import { button, copier, dot, grouped, make, quoted } from "./dom.js";
import { isKept, passageFigure } from "./passages.js";
import { visit } from "./visit.js";

/** A button that goes to a node. */
export const goTo = (app, i, { number = null } = {}) => {
  const { data } = app;
  const kind = data.kinds[data.kind[i]];
  const when = kind.name === "paper" && data.year[i] ? make("small", {}, ` ${data.year[i]}`) : "";
  return button(() => visit(app, i), { class: "go", "data-node": String(i) },
    number === null ? null : make("span", { class: "number" }, String(number)), dot(kind),
    make("span", {}, data.labels[i] || data.keys[i], when));
};

/** A line of a list: the way to a node and what unfolds below it. */
export const rowTo = (way, why = null, box = null) => make("li", {}, make("div", { class: "tie" }, way, why), box);

/** A part of the details under a heading, with a count where it lists something. */
export const section = (title, count, ...inside) => make("section", {},
  make("h3", {}, title, count === null ? null : make("span", {}, grouped(count))), ...inside);

/** A section whose heading has a control beside it. */
export const sectionWith = (control, title, count, ...inside) => {
  const made = section(title, count, ...inside);
  made.prepend(make("div", { class: "head" }, made.firstChild, control));
  return made;
};

export const quiet = (text) => make("p", { class: "quiet" }, text);

let unfolded = 0; // boxes so far, for their names

/** A button that opens and closes a box, `[button, box]`; `fill()` tells what is in it when it is first opened. */
export const unfolding = (words, name, fill) => {
  unfolded += 1;
  const box = make("div", { id: `unfolded-${unfolded}`, class: "unfolded", hidden: true });
  let filled = false;
  const press = async () => {
    box.hidden = !box.hidden;
    why.setAttribute("aria-expanded", String(!box.hidden));
    if (filled) return;
    filled = true;
    box.replaceChildren(...await fill());
  };
  const facts = { class: "why", "aria-expanded": "false", "aria-controls": box.id, "aria-label": name };
  const why = button(press, facts, words);
  return [why, box];
};

/** A command to copy. */
export const command = (text, what) => make("p", { class: "command" }, make("code", {}, text), copier(text, what));

/** What a command calls a node: its path, its whole IRI where the page knows no path of it; quoted for a shell. */
const spelled = (data, i) => quoted(data.keys[i].includes("/") ? data.keys[i] : `${data.base}${data.keys[i]}`);

/** The command that tells all about a node. */
export const commandOfNode = (data, i) => command(`kg why DIR ${spelled(data, i)}`, "the command");

/** The command that tells all about an edge. */
export const commandOfEdge = (data, e) => {
  const predicate = quoted(data.relations[data.relation[e]].predicate);
  const [source, target] = [spelled(data, data.source[e]), spelled(data, data.target[e])];
  return command(`kg why DIR ${source} ${predicate} ${target}`, "the command");
};

/** The passages behind an edge; where the page does not keep them or their sentences, how to see them. */
export const passagesOf = async (data, e) => {
  const found = await data.evidence(e);
  const parts = found.map((passage) => passageFigure(passage));
  if (!found.length) {
    parts.push(quiet("No passage of this edge is kept in this page. The graph's folder (DIR) tells:"));
    parts.push(commandOfEdge(data, e));
  } else if (data.withText && !found.every(isKept)) {
    parts.push(quiet("A page of this size does not keep every sentence. The files above have it, and this tells it:"));
    parts.push(commandOfEdge(data, e));
  }
  return parts;
};
