// The path tool: two nodes, and the shortest way from one to the other as a list of steps.
import { button, counted, make, named } from "./dom.js";
import { makeDrawer, refill } from "./drawer.js";
import { NOT_ONE_EDGE } from "./networks.js";
import { makeNodeBox } from "./nodebox.js";
import { addTool } from "./toolbar.js";

const HINT = "Type a name, or click in the picture";

/** Makes the drawer of the path tool and its button. */
export const mountPath = (app) => {
  const { data, store, scene, actions } = app;

  let own = false; // the path is closed from here: what is in the boxes stays
  const tryIt = () => {
    if (from.value >= 0 && to.value >= 0 && from.value !== to.value) actions.findPath(from.value, to.value);
    else {
      own = true;
      if (store.state.path) actions.closePath();
      own = false;
      draw();
    }
  };
  const [from, to] = ["From", "To"].map((label) => makeNodeBox({ app, label, placeholder: HINT, onPick: tryIt }));
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
    return make("p", { class: "tie" }, button(() => actions.chooseEdge(step.edge), {
      "aria-label": `${data.labels[subject]}: ${relation} ${data.labels[object]}`,
      title: "What this edge was read from",
    }, `${forward ? "↓" : "↑"} ${relation}`));
  };
  const stop = (i) => button(() => actions.choose(i), { class: "go" }, ...named(data, i));
  const steps = (path) => make("ol", { class: "rows steps" }, ...path.map(
    (i, at) => make("li", {}, at ? tie(path[at - 1], i) : null, stop(i)),
  ));
  const found = () => {
    const quiet = (words) => [make("p", { class: "quiet" }, words)];
    if (from.value < 0 || to.value < 0) return quiet("Choose where the path begins and where it ends.");
    if (from.value === to.value) return quiet("Both ends are the same node.");
    const { path } = scene;
    if (path) return [make("p", { class: "counts" }, counted(path.length - 1, "step", "steps")), steps(path)];
    const [start, end] = [data.labels[from.value], data.labels[to.value]];
    return [make("p", {}, `No path: in this view no shown edges lead from ${start} to ${end}.`)];
  };
  const clear = () => {
    [from.value, to.value] = [-1, -1];
    actions.closePath();
  };
  const draw = () => refill(answer, [
    ...found(),
    store.state.path ? button(clear, { class: "wide" }, "Clear the path") : null,
  ], drawer.heading);
  const element = make("aside", { id: "path", class: "card", tabindex: "-1", "aria-label": "path", hidden: true });
  document.querySelector(".drawers").append(element);
  const opener = button(() => drawer.toggle(), {
    "aria-controls": "path", "aria-expanded": "false", title: "The shortest path between two nodes",
  }, "Path");
  const drawer = makeDrawer(element, "Path", {
    onOpen: () => {
      opener.setAttribute("aria-expanded", "true");
      if (!store.state.path && from.value < 0) from.value = store.state.node;
      draw();
    },
    onClose: () => opener.setAttribute("aria-expanded", "false"),
  });
  drawer.body.append(from.element, to.element, answer);
  addTool("main", opener);
  if (store.state.path) [from.value, to.value] = store.state.path;
  app.openPath = drawer.open;

  const follow = (state, before) => {
    if (state.path && state.path !== before.path) {
      [from.value, to.value] = state.path;
      if (scene.path) app.stage.frame(scene.path);
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
};
