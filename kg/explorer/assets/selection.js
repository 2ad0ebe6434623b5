// The selection: nodes that the reader collects, in the order of choosing, and what can be done with them.
import { $, counted, dot, make, say } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { copy, downloadTable } from "./files.js";
import { icon } from "./icons.js";
import { shownNodes } from "./save.js";
import { addTool } from "./toolbar.js";

const LISTED = 100; // rows drawn at first, and more at a time

/** Makes the drawer of the selection and its button. */
export const mountSelection = (app) => {
  const { data, store, scene, actions, stage } = app;
  let listed = LISTED;

  const badge = make("span", { class: "badge" });
  const button = make(
    "button",
    { type: "button", "aria-controls": "selection", "aria-expanded": "false", on: { click: () => drawer.toggle() } }, "Selection", badge,
  );
  const mark = () => button.setAttribute("aria-expanded", String(drawer.isOpen));
  const drawer = makeDrawer($("selection"), "Selection", { onOpen: () => { listed = LISTED; mark(); draw(); }, onClose: mark });

  const text = () => store.state.selected.map((i) => `${data.labels[i]} (${data.kinds[data.kind[i]].label})\n`).join("");
  const around = (i) => [...new Set([i, ...scene.around(i).map(({ node }) => node)])];
  const act = (label, hint, run) => make("button", { type: "button", title: hint, on: { click: run } }, label);

  const adding = () => {
    const { node, selected } = store.state;
    const name = node >= 0 ? data.labels[node] : "";
    return make(
      "div", { class: "acts" },
      node >= 0 && !selected.includes(node) ? act("Add the chosen", `Adds ${name}`, () => actions.toggleSelected(node)) : null,
      node >= 0 ? act("Add its neighbours", `Adds ${name} and what it is tied to`, () => actions.select([...new Set([...selected, ...around(node)])])) : null,
      act("Select all shown", "Everything that the filters leave", () => actions.select(shownNodes(app))),
    );
  };
  const doing = (nodes) => make(
    "div", { class: "acts" },
    act("Show", "Moves the picture so that all of them are seen", () => stage.frame(nodes)),
    act("Only these", "Leaves out all others", () => actions.ego(nodes, 0)),
    act("With neighbours", "These and what they are tied to", () => actions.ego(nodes, 1)),
    nodes.length === 2 ? act("Path between", "The shortest way from one to the other", () => { actions.findPath(...nodes); app.openPath(); }) : null,
    act("Hide", "Takes them out of the picture", () => actions.hide(nodes)),
    act("CSV", "These as a table", () => downloadTable(app, nodes, "selection")),
    act("Copy", "These as text", async () => say(await copy(text()) ? `${counted(nodes.length, "name", "names")} copied` : "Nothing could be copied")),
    act("Clear", "Empties the selection", () => actions.deselectAll()),
  );
  const row = (i) => {
    const kind = data.kinds[data.kind[i]];
    return make(
      "li", {},
      make(
        "button", { type: "button", class: "go", on: { click: () => actions.choose(i) } },
        dot(kind), make("span", {}, data.labels[i]), make("small", {}, kind.label),
      ),
      make("button", { type: "button", class: "icon", "aria-label": `Take out ${data.labels[i]}`, on: { click: () => takeOut(i) } }, icon("cross")),
    );
  };
  const takeOut = (i) => {
    const at = store.state.selected.indexOf(i);
    actions.toggleSelected(i);
    const rest = drawer.body.querySelectorAll("ol .icon");
    (rest[Math.min(at, rest.length - 1)] ?? drawer.heading).focus();
  };
  const draw = () => {
    const { selected } = store.state;
    const kinds = new Map();
    for (const i of selected) kinds.set(data.kind[i], (kinds.get(data.kind[i]) ?? 0) + 1);
    const counts = Array.from(kinds, ([k, n]) => counted(n, data.kinds[k].label, data.kinds[k].plural)).join(", ");
    const rest = selected.length - listed;
    refill(drawer.body, [
      adding(),
      selected.length
        ? make("p", { class: "counts" }, counts)
        : make("p", { class: "quiet" }, "Nothing is selected. Shift-click nodes in the picture, or drag a rectangle with Shift."),
      selected.length ? doing(selected) : null,
      selected.length ? make("ol", { class: "rows" }, ...selected.slice(0, listed).map(row)) : null,
      rest > 0 ? make("button", { type: "button", class: "more", on: { click: () => { listed += LISTED; draw(); } } }, `${counted(rest, "more", "more")}: show ${Math.min(rest, LISTED)} of them`) : null,
    ], drawer.heading);
  };
  const refresh = (state, before) => {
    if (before && state.selected === before.selected && state.node === before.node) return;
    const count = store.state.selected.length;
    badge.textContent = count ? count.toLocaleString("en") : "";
    if (drawer.isOpen) draw();
  };
  addTool("main", button);
  store.on(refresh);
  refresh();
};
