// The toolbar over the picture: groups of buttons, of which one at a time is reached by Tab and the others by arrows.
import { $, make } from "./dom.js";
import { icon } from "./icons.js";

const TOOL_GROUPS = { main: "Tools", ego: "Neighbourhood", steps: "Undo and redo", zoom: "Zoom and help" };

const toolGroup = (name) => {
  for (const [each, label] of Object.entries(TOOL_GROUPS)) {
    if (!$(`tools-${each}`)) $("tools").append(make("div", { id: `tools-${each}`, class: "tools", role: "group", "aria-label": label }));
  }
  return $(`tools-${name}`);
};

/** Adds an element with buttons to a group of the toolbar: main, steps or zoom. */
export const addTool = (group, element) => {
  toolGroup(group).append(element);
  rove();
  return element;
};

/** Makes a button of the toolbar that shows an icon; its name is also its hint. */
export const iconButton = (name, label, run, keys = null) => make(
  "button",
  { type: "button", class: "icon", "aria-label": label, "aria-keyshortcuts": keys, title: label, on: { click: run } },
  icon(name),
);

/** Says whether a button can be used now; it keeps its place among the others, and the focus. */
export const able = (button, is) => button.setAttribute("aria-disabled", String(!is));

const toolButtons = () => Array.from($("tools").querySelectorAll("button")).filter((each) => each.checkVisibility());

const rove = (current = null) => {
  const all = Array.from($("tools").querySelectorAll("button:not([role=menuitem])"));
  const chosen = current ?? all.find((each) => each.tabIndex === 0) ?? all[0];
  for (const each of all) each.tabIndex = each === chosen ? 0 : -1;
};

/** Lets arrows, Home and End move within the toolbar. */
export const mountToolbar = () => {
  const bar = $("tools");
  bar.addEventListener("focusin", (event) => { if (event.target.matches("button:not([role=menuitem])")) rove(event.target); });
  bar.addEventListener("keydown", (event) => {
    if (event.target.matches("[role=menuitem]")) return;
    const all = toolButtons().filter((each) => !each.matches("[role=menuitem]"));
    const at = all.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (at + step + all.length) % all.length);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].focus();
  });
};
