// The selection: nodes that the reader collects, in the order of choosing, and what can be done with them.
import { $, button, counted, grouped, make, named, say, toClipboard } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { downloadTable } from "./files.js";
import { icon } from "./icons.js";
import { shownNodes } from "./save.js";
import { addTool } from "./toolbar.js";

const LISTED = 100; // rows drawn at first, and more at a time
const NOTHING_YET = "Nothing is selected. Shift-click nodes in the picture, or drag a rectangle with Shift.";

/** Makes the drawer of the selection and its button. */
export const mountSelection = (app) => {
  const { data, store, scene, actions, stage } = app;
  let listed = LISTED;

  const badge = make("span", { class: "badge" });
  const facts = { "aria-controls": "selection", "aria-expanded": "false" };
  const opener = button(() => drawer.toggle(), facts, "Selection", badge);
  const mark = () => opener.setAttribute("aria-expanded", String(drawer.isOpen));
  const drawer = makeDrawer($("selection"), "Selection", {
    onOpen: () => { listed = LISTED; mark(); draw(); },
    onClose: mark,
  });

  const line = (i) => `${data.labels[i]} (${data.kinds[data.kind[i]].label})\n`;
  const around = (i) => [...new Set([i, ...scene.around(i).map(({ node }) => node)])];
  const act = (label, hint, run) => button(run, { title: hint }, label);
  const copyNames = async (nodes) => {
    const done = await toClipboard(nodes.map(line).join(""));
    say(done ? `${counted(nodes.length, "name", "names")} copied` : "Nothing could be copied");
  };

  const adding = () => {
    const { node, selected } = store.state;
    const name = data.labels[node];
    const chosen = node < 0 ? [] : [
      selected.includes(node) ? null : act("Add the chosen", `Adds ${name}`, () => actions.toggleSelected(node)),
      act("Add its neighbours", `Adds ${name} and what it is tied to`, () => actions.select(around(node))),
    ];
    const selectAll = () => actions.select(shownNodes(app));
    return make("div", { class: "acts" }, ...chosen, act("Select all shown", "All that the filters leave", selectAll));
  };
  const between = (nodes) => { actions.findPath(...nodes); app.openPath(); };
  const doing = (nodes) => make(
    "div", { class: "acts" },
    act("Show", "Moves the picture so that all of them are seen", () => stage.frame(nodes)),
    act("Only these", "Leaves out all others", () => actions.ego(nodes, 0)),
    act("With neighbours", "These and what they are tied to", () => actions.ego(nodes, 1)),
    nodes.length === 2 ? act("Path between", "The shortest way from one to the other", () => between(nodes)) : null,
    act("Hide", "Takes them out of the picture", () => actions.hide(nodes)),
    act("CSV", "These as a table", () => downloadTable(app, nodes, "selection")),
    act("Copy", "These as text", () => copyNames(nodes)),
    act("Clear", "Empties the selection", () => actions.deselectAll()),
  );
  const row = (i) => make("li", {},
    button(() => actions.choose(i), { class: "go" }, ...named(data, i)),
    button(() => takeOut(i), { class: "icon", "aria-label": `Take out ${data.labels[i]}` }, icon("cross")));
  const takeOut = (i) => {
    const at = store.state.selected.indexOf(i);
    actions.toggleSelected(i);
    const rest = drawer.body.querySelectorAll("ol .icon");
    (rest[Math.min(at, rest.length - 1)] ?? drawer.heading).focus();
  };
  const further = (rest) => button(() => { listed += LISTED; draw(); }, { class: "more" },
    `${counted(rest, "more", "more")}: show ${Math.min(rest, LISTED)} of them`);
  const draw = () => {
    const { selected } = store.state;
    const kinds = new Map();
    for (const i of selected) kinds.set(data.kind[i], (kinds.get(data.kind[i]) ?? 0) + 1);
    const counts = Array.from(kinds, ([k, n]) => counted(n, data.kinds[k].label, data.kinds[k].plural)).join(", ");
    const rest = selected.length - listed;
    refill(drawer.body, selected.length ? [
      adding(), make("p", { class: "counts" }, counts), doing(selected),
      make("ol", { class: "rows" }, ...selected.slice(0, listed).map(row)), rest > 0 ? further(rest) : null,
    ] : [adding(), make("p", { class: "quiet" }, NOTHING_YET)], drawer.heading);
  };
  const refresh = (state, before) => {
    if (before && state.selected === before.selected && state.node === before.node) return;
    const count = store.state.selected.length;
    badge.textContent = count ? grouped(count) : "";
    if (drawer.isOpen) draw();
  };
  addTool("main", opener);
  store.on(refresh);
  refresh();
};
