// What the mouse, fingers and keys do, in a dialog.
import { button, make } from "./dom.js";
import { addTool } from "./toolbar.js";
import { icon } from "./icons.js";

const HELP = [
  ["Look around", [
    ["Drag, or arrow keys", "Move the picture"],
    ["Wheel, pinch, + and −", "Zoom"],
    ["Double click on the ground", "Zoom in there"],
    ["0", "Show the whole picture"],
    ["Hover", "Name of a node, and its edges"],
    ["Click", "Details of a node or an edge"],
    ["/", "Search names"],
    ["Escape", "Close what is open"],
  ]],
  ["Explore", [
    ["Double click on a node", "Show its neighbours, or fold them again"],
    ["Drag a node", "Pin it where it is let go"],
    ["Shift and click, or long press", "Put a node on the selection, or take it off"],
    ["Shift and drag", "Select what lies in a rectangle"],
    ["Ctrl Z", "Undo"],
    ["Ctrl Shift Z, or Ctrl Y", "Redo"],
  ]],
  ["By keyboard, in the picture", [
    ["[ and ]", "Go through nodes, or the neighbours of the chosen one"],
    ["Enter", "Open the one reached"],
  ]],
  ["Legend", [
    ["Click", "Hide or show a kind"],
    ["Double click, or Alt and click", "Only this kind"],
    ["Click on a community", "Only this community"],
  ]],
];

/** Makes the dialog and its button; `?` opens it too. */
export const mountHelp = () => {
  const dialog = make("dialog", { id: "help", "aria-labelledby": "help-title" });
  const open = () => dialog.showModal();
  const close = button(() => dialog.close(), { class: "icon", "aria-label": "Close help" }, icon("cross"));
  const heading = make("h2", { id: "help-title", tabindex: "-1", autofocus: true }, "What you can do");
  const sections = HELP.map(([title, rows]) => {
    const list = make("dl", {}, ...rows.flatMap(([what, does]) => [make("dt", {}, what), make("dd", {}, does)]));
    return make("section", {}, make("h3", {}, title), list);
  });
  dialog.append(make("div", { class: "top" }, heading, close), make("div", { class: "body" }, ...sections));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  addTool("zoom", button(open, {
    class: "icon", "aria-label": "Help", title: "Help", "aria-haspopup": "dialog", "aria-keyshortcuts": "?",
  }, "?"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || dialog.open) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    open();
  });
};
