// What can be done with the chosen node: select, pin, hide, unfold its neighbours, look at them alone, find a path.
import { button, counted, make, say } from "./dom.js";
import { emptying, nodeCombobox } from "./search.js";

const DEPTHS = [1, 2, 3];

/** The field that asks for the other end of a path; a click on a node of the picture answers too. */
const pathField = (app, i, close) => {
  const { data, actions } = app;
  const input = make("input", {
    type: "search", role: "combobox", "aria-label": "Path to", placeholder: "Name, or click a node",
    autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "found-end",
  });
  const list = make("ul", {
    id: "found-end", class: "found", role: "listbox", "aria-label": "Ends of the path", hidden: true,
  });
  const field = make("div", { class: "pathfield" }, input, list);
  const go = (to) => { close(); actions.findPath(i, to); };
  nodeCombobox(app, { input, list, take: go, cancel: emptying(input, close) });
  say(`Path from ${data.labels[i]}: type a name, or click a node`);
  return { field, input, go };
};

/** Makes the buttons for a node: `element`, and `follow(state)`, which makes them show what is on. */
export const nodeTools = (app, i) => {
  const { store, scene, actions } = app;
  const isSelected = () => store.state.selected.includes(i);
  const select = () => actions.toggleSelected(i);
  const pin = () => { if (!Number.isNaN(scene.x[i])) actions.pin(i, scene.x[i], scene.y[i]); };
  const isPinned = () => store.state.pinned.some(([node]) => node === i);
  const isAlone = () => store.state.ego?.nodes.length === 1 && store.state.ego.nodes[0] === i;
  const toggle = (words, is, on, off, hint) => {
    const made = button(() => (is() ? off() : on()), { title: hint }, words);
    return { made, mark: () => made.setAttribute("aria-pressed", String(is())) };
  };
  const toggles = [
    toggle("Select", isSelected, select, select, "Puts it on the selection list"),
    toggle("Pin", isPinned, pin, () => actions.unpin(i), "Keeps its place and its label"),
    toggle("Neighbours only", isAlone, () => actions.ego([i], 1), actions.everything, "Only what is some steps away"),
  ];
  const depths = DEPTHS.map((depth) => button(
    () => actions.ego([i], depth), { "aria-label": `${counted(depth, "step", "steps")} away` }, String(depth),
  ));
  const steps = make("span", { class: "depths", role: "group", "aria-label": "Steps away" }, ...depths);
  const isExpanded = () => store.state.expanded.includes(i);
  const unfold = () => (isExpanded() ? actions.collapse(i) : actions.expand(i));
  const expand = button(unfold, { title: "Its neighbours besides what is shown now" });
  const hide = button(() => actions.hide([i]), { title: "Takes it out of the picture; undo brings it back" }, "Hide");
  const box = make("div", {});
  let asked = null;
  const close = () => {
    asked = null;
    box.replaceChildren();
    path.setAttribute("aria-expanded", "false");
  };
  const path = button(() => {
    if (asked) { close(); return; }
    asked = pathField(app, i, () => { close(); path.focus({ preventScroll: true }); });
    box.replaceChildren(asked.field);
    path.setAttribute("aria-expanded", "true");
    asked.input.focus();
  }, { "aria-expanded": "false" }, "Path to…");
  const bar = make("div", { class: "nodetools", role: "group", "aria-label": "What to do with it" },
    ...toggles.map(({ made }) => made), steps, expand, path, hide);
  const mark = () => {
    for (const each of toggles) each.mark();
    steps.hidden = !isAlone();
    expand.hidden = !store.state.ego || isAlone(); // the whole view shows its neighbours anyway
    expand.textContent = isExpanded() ? "Collapse" : "Expand";
    const depth = isAlone() ? store.state.ego.depth : 0;
    depths.forEach((each, at) => each.setAttribute("aria-pressed", String(depth === DEPTHS[at])));
  };
  mark();
  const follow = ({ node }) => {
    // Not at once: the store still tells others of the click.
    if (asked && node >= 0 && node !== i) queueMicrotask(() => asked?.go(node));
    mark();
  };
  return { element: make("div", {}, bar, box), follow };
};
