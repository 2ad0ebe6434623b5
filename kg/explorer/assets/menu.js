// A menu that hangs on a button: arrows go through it, Escape closes it, a choice runs and closes it.
import { button, make } from "./dom.js";

/** Makes a menu of `[label, hint, run]` and lets a button open it. */
export const makeMenu = (opener, label, choices) => {
  const items = choices.map(([name, hint, run]) => button(() => { shut(true); run(); }, {
    role: "menuitem", tabindex: "-1",
  }, make("span", {}, name), make("small", {}, hint)));
  const menu = make("div", { class: "menu", role: "menu", "aria-label": label, hidden: true }, ...items);
  const open = (at) => {
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    items.at(at).focus();
  };
  const shut = (back) => {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
  };
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", () => (menu.hidden ? open(0) : shut(true)));
  opener.addEventListener("keydown", (event) => {
    const at = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (at === undefined) return;
    event.preventDefault();
    open(at);
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: -1 }[event.key] ?? (step && (at + step) % items.length);
    event.stopPropagation();
    if (event.key === "Escape") shut(true);
    else if (event.key === "Tab") shut(false);
    else if (to !== undefined) items.at(to).focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && event.relatedTarget !== opener) shut(false);
  });
  return menu;
};
