// The tools over the picture: zoom, undo and redo, the way back from a neighbourhood, and help.
import { button, counted, cut, make } from "./dom.js";
import { able, addTool, iconButton, rove } from "./toolbar.js";
import { mountHelp } from "./help.js";
import { mountPath } from "./path.js";

const DEEPEST = 4; // steps from the middle of a neighbourhood

const mountZoom = ({ stage }) => {
  addTool("zoom", iconButton("plus", "Zoom in", () => stage.zoom(1.5), "+"));
  addTool("zoom", iconButton("minus", "Zoom out", () => stage.zoom(1 / 1.5), "-"));
  addTool("zoom", iconButton("fit", "Show the whole picture", () => stage.fit(), "0"));
};

/** Tells whether keys in an element write text, which has an undo of its own. */
const typing = (target) => target.closest("input:not([type=range]):not([type=checkbox]), textarea");

const mountSteps = ({ store, actions }) => {
  const undo = addTool("steps", iconButton("undo", "Undo", () => store.canUndo && actions.undo(), "Control+Z"));
  const redo = addTool("steps", iconButton("redo", "Redo", () => store.canRedo && actions.redo(), "Control+Shift+Z"));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    (key === "y" || event.shiftKey ? redo : undo).click();
  });
  const mark = () => { able(undo, store.canUndo); able(redo, store.canRedo); };
  store.on(mark);
  mark();
};

/** Makes what is there in a neighbourhood only: its middle, its depth, and the way back. */
const mountEgo = ({ data, store, actions, stage }) => {
  const deeper = (step) => {
    const { nodes, depth } = store.state.ego;
    if (depth + step >= 0 && depth + step <= DEEPEST) actions.ego(nodes, depth + step);
  };
  const what = make("span", { class: "what" });
  const depth = make("output", { class: "depth" });
  const less = iconButton("minus", "Fewer steps away", () => deeper(-1));
  const more = iconButton("plus", "More steps away", () => deeper(1));
  const leave = () => {
    actions.everything();
    stage.canvas.focus({ preventScroll: true });
  };
  const back = button(leave, { class: "back" }, "Everything");
  const bar = addTool("ego", make("div", { class: "ego" }, what, less, depth, more, back));
  const draw = () => {
    const { ego } = store.state;
    if (bar.parentElement.hidden === Boolean(ego)) {
      bar.parentElement.hidden = !ego;
      rove();
    }
    if (!ego) return;
    const others = ego.nodes.length - 1;
    const rest = others > 0 ? ` and ${counted(others, "other", "others")}` : "";
    what.textContent = `${ego.depth ? "Around" : "Only"} ${cut(data.labels[ego.nodes[0]], 32)}${rest}`;
    depth.textContent = counted(ego.depth, "step", "steps");
    able(less, ego.depth > 0);
    able(more, ego.depth < DEEPEST);
  };
  store.on(draw);
  draw();
};

/** Makes the toolbar over the picture. */
export const mountTools = (app) => {
  mountPath(app);
  mountEgo(app);
  mountSteps(app);
  mountZoom(app);
  mountHelp();
};
