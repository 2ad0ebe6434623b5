// The path tool: two nodes, and the shortest way from one to the other as a list of steps.
import { counted, make } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { NOT_ONE_EDGE } from "./networks.js";
import { makeNodeBox } from "./nodebox.js";
import { addTool } from "./toolbar.js";

/** Makes the drawer of the path tool and its button. */
export const mountPath = (app) => {
  const { data, store, scene, actions } = app;

  let own = false;
  const tryIt = () => {
    if (from.value >= 0 && to.value >= 0 && from.value !== to.value) actions.findPath(from.value, to.value);
    else {
      own = true; // what is in the boxes stays
      if (store.state.path) actions.closePath();
      own = false;
      draw();
    }
  };
  const from = makeNodeBox({ app, label: "From", placeholder: "Type a name, or click in the picture", onPick: tryIt });
  const to = makeNodeBox({ app, label: "To", placeholder: "Type a name, or click in the picture", onPick: tryIt });
  const answer = make("div", {});

  const tie = (a, b) => {
    const step = scene.around(a).find(({ node }) => node === b);
    if (!step) return null;
    if (step.edge === NOT_ONE_EDGE) {
      return make("p", { class: "tie" }, counted(scene.links.weight[step.link], "paper in common", "papers in common"));
    }
    const forward = data.source[step.edge] === a;
    const relation = data.relations[data.relation[step.edge]].label;
    const [subject, object] = forward ? [a, b] : [b, a];
    return make(
      "p", { class: "tie" },
      make("button", {
        type: "button", "aria-label": `${data.labels[subject]}: ${relation} ${data.labels[object]}`,
        title: "What this edge was read from", on: { click: () => actions.chooseEdge(step.edge) },
      }, `${forward ? "↓" : "↑"} ${relation}`),
    );
  };
  const stop = (i) => make(
    "button", { type: "button", class: "go", on: { click: () => actions.choose(i) } },
    make("span", { class: "dot", tint: data.kinds[data.kind[i]].color, "aria-hidden": "true" }),
    make("span", {}, data.labels[i]), make("small", {}, data.kinds[data.kind[i]].label),
  );
  const steps = (path) => make("ol", { class: "rows steps" }, ...path.map(
    (i, at) => make("li", {}, at ? tie(path[at - 1], i) : null, stop(i)),
  ));
  const found = () => {
    if (from.value < 0 || to.value < 0) return [make("p", { class: "quiet" }, "Choose where the path begins and where it ends.")];
    if (from.value === to.value) return [make("p", { class: "quiet" }, "Both ends are the same node.")];
    const { path } = scene;
    if (!path || !path.length) {
      return [make("p", { role: "note" }, `No path: in this view no shown edges lead from ${data.labels[from.value]} to ${data.labels[to.value]}.`)];
    }
    return [
      make("p", { class: "counts" }, `${counted(path.length - 1, "step", "steps")}`), steps(path),
    ];
  };
  const draw = () => refill(answer, [
    ...found(),
    store.state.path ? make("button", { type: "button", class: "wide", on: { click: () => clear() } }, "Clear the path") : null,
  ], drawer.heading);
  const clear = () => {
    [from.value, to.value] = [-1, -1];
    actions.closePath();
  };

  const element = make("aside", { id: "path", class: "card", tabindex: "-1", "aria-label": "path", hidden: true });
  document.querySelector(".drawers").append(element);
  const button = make(
    "button",
    { type: "button", "aria-controls": "path", "aria-expanded": "false", title: "The shortest path between two nodes", on: { click: () => drawer.toggle() } },
    "Path",
  );
  const drawer = makeDrawer(element, "Path", {
    onOpen: () => {
      button.setAttribute("aria-expanded", "true");
      if (!store.state.path && from.value < 0) from.value = store.state.node;
      draw();
    },
    onClose: () => button.setAttribute("aria-expanded", "false"),
  });
  drawer.body.append(from.element, to.element, answer);
  addTool("main", button);
  if (store.state.path) [from.value, to.value] = store.state.path;
  app.openPath = drawer.open;

  const follow = (state, before) => {
    if (state.path && state.path !== before.path) {
      [from.value, to.value] = state.path;
    } else if (!state.path && before.path && !own) {
      [from.value, to.value] = [-1, -1];
    } else if (drawer.isOpen && state.node >= 0 && state.node !== before.node) {
      const free = [from, to].find((box) => box.value < 0);
      const other = free === from ? to : from;
      if (free && other.value !== state.node) { free.value = state.node; tryIt(); }
    }
    if (drawer.isOpen) draw();
  };
  store.on(follow);
  scene.on(() => { if (drawer.isOpen) draw(); });
};
