// The toolbar over the picture: groups of buttons, of which one at a time is reached by Tab and the others by arrows.
import { $, button, make } from "./dom.js";
import { icon } from "./icons.js";

const TOOL_GROUPS = { main: "Tools", ego: "Neighbourhood", steps: "Undo and redo", zoom: "Zoom and help" };

const toolGroup = (name) => {
  for (const [each, label] of Object.entries(TOOL_GROUPS)) {
    if ($(`tools-${each}`)) continue;
    const facts = { id: `tools-${each}`, class: "tools", role: "group", "aria-label": label, hidden: each === "ego" };
    $("tools").append(make("div", facts));
  }
  return $(`tools-${name}`);
};

/** Adds an element with buttons to a group of the toolbar: main, ego, steps or zoom. */
export const addTool = (group, element) => {
  toolGroup(group).append(element);
  return element;
};

/** Makes a button of the toolbar that shows an icon; its name is also its hint. */
export const iconButton = (name, label, run, keys = null) => button(run, {
  class: "icon", "aria-label": label, "aria-keyshortcuts": keys, title: label,
}, icon(name));

/** Says whether a button can be used now; it keeps its place among the others, and the focus. */
export const able = (tool, is) => tool.setAttribute("aria-disabled", String(!is));

const TOOL = "button:not([role=menuitem])";
const toolButtons = () => Array.from($("tools").querySelectorAll(TOOL));
const seenTools = () => toolButtons().filter((each) => each.checkVisibility());

/** Lets Tab reach one tool that is seen: the current one, or that of before, or the first. */
export const rove = (current = null) => {
  const seen = seenTools();
  const chosen = current ?? seen.find((each) => each.tabIndex === 0) ?? seen[0];
  for (const each of toolButtons()) each.tabIndex = each === chosen ? 0 : -1;
};

/** Lets arrows, Home and End move within the toolbar, once all tools are there. */
export const mountToolbar = () => {
  rove();
  const bar = $("tools");
  bar.addEventListener("focusin", (event) => { if (event.target.matches(TOOL)) rove(event.target); });
  bar.addEventListener("keydown", (event) => {
    const all = seenTools();
    const at = all.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (at + step + all.length) % all.length);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].focus();
  });
};
