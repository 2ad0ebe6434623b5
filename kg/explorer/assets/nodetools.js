// What can be done with the chosen node: select, pin, hide, unfold its neighbours, look at them alone, find a path.
import { button, make, say } from "./dom.js";
import { nodeCombobox } from "./search.js";

const DEPTHS = [1, 2, 3];

/** The field that asks for the other end of a path; a click on a node of the picture answers too. */
const pathField = (app, i, close) => {
  const { data, actions } = app;
  const input = make("input", {
    type: "search", role: "combobox", "aria-label": "Path to", placeholder: "Name, or click a node", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": "found-end", autocomplete: "off", spellcheck: "false",
  });
  const list = make("ul", { id: "found-end", class: "found", role: "listbox", "aria-label": "Ends of the path", hidden: true });
  const field = make("div", { class: "pathfield" }, input, list);
  const go = (to) => { close(); actions.findPath(i, to); };
  nodeCombobox(app, { input, list, take: go, leave: close });
  say(`Path from ${data.labels[i]}: type a name, or click a node`);
  return { field, input, go };
};

/** Makes the buttons for a node: `element`, and `follow(state)`, which makes them show what is on. */
export const nodeTools = (app, i) => {
  const { store, scene, actions } = app;
  const isPinned = () => store.state.pinned.some(([node]) => node === i);
  const isAlone = () => store.state.ego?.nodes.length === 1 && store.state.ego.nodes[0] === i;
  const toggle = (words, is, on, off, hint) => {
    const made = button(() => (is() ? off() : on()), { title: hint }, words);
    return { made, mark: () => made.setAttribute("aria-pressed", String(is())) };
  };
  const toggles = [
    toggle("Select", () => store.state.selected.includes(i), () => actions.toggleSelected(i), () => actions.toggleSelected(i), "Put on the selection list"),
    toggle("Pin", isPinned, () => actions.pin(i, scene.x[i], scene.y[i]), () => actions.unpin(i), "Keeps its place and its label"),
    toggle("Neighbours only", isAlone, () => actions.ego([i], 1), () => actions.everything(), "Shows only what is so many steps away"),
  ];
  const depths = DEPTHS.map((depth) => button(() => actions.ego([i], depth), { "aria-label": `${depth} ${depth === 1 ? "step" : "steps"} away` }, String(depth)));
  const steps = make("span", { class: "depths", role: "group", "aria-label": "Steps away" }, ...depths);
  const isExpanded = () => store.state.expanded.includes(i);
  const expand = button(() => (isExpanded() ? actions.collapse(i) : actions.expand(i)), { title: "Its neighbours besides what is shown now" });
  const hide = button(() => { actions.hide([i]); actions.clear(); }, { title: "Takes it out of the picture; undo brings it back" }, "Hide");
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
    depths.forEach((each, at) => each.setAttribute("aria-pressed", String(isAlone() && store.state.ego.depth === DEPTHS[at])));
  };
  mark();
  const follow = ({ node }) => {
    if (asked && node >= 0 && node !== i) queueMicrotask(() => asked?.go(node)); // not while the store still tells others
    mark();
  };
  return { element: make("div", {}, bar, box), follow };
};
