// Drawers beside the picture: one at a time, opened by a button, closed by Escape, which gives the focus back.
import { button, make } from "./dom.js";
import { icon } from "./icons.js";
import { makeGrip } from "./sheet.js";

const drawers = [];

const spokenName = (element) => element.getAttribute("aria-label") ?? element.textContent;

/** Puts other elements into an element; the focus stays on a button of the same name, else goes to `instead`. */
export const refill = (element, inside, instead) => {
  const focused = element.contains(document.activeElement) ? spokenName(document.activeElement) : null;
  element.replaceChildren(...inside.filter(Boolean));
  if (focused === null) return;
  const same = Array.from(element.querySelectorAll("button")).find((each) => spokenName(each) === focused);
  (same ?? instead).focus({ preventScroll: true });
};

/**
 * Makes a drawer of an element: a heading, a button to close it, and a `body` to fill.
 *
 * `onOpen` and `onClose` run after it was opened or closed.
 * Returns `{ body, heading, open(), close(), toggle(), isOpen }`.
 */
export const makeDrawer = (element, title, { onOpen = () => {}, onClose = () => {} } = {}) => {
  const body = make("div", { class: "body" });
  const heading = make("h2", { tabindex: "-1" }, title);
  let opener = null;
  const close = () => {
    if (element.hidden) return;
    const inside = element.contains(document.activeElement);
    element.hidden = true;
    if (inside && opener && opener.isConnected) opener.focus();
    onClose();
  };
  const open = () => {
    if (!element.hidden) return;
    opener = document.activeElement;
    for (const other of drawers) if (other !== drawer) other.close();
    element.hidden = false;
    element.scrollTop = 0;
    onOpen();
    heading.focus({ preventScroll: true });
  };
  element.classList.add("drawer");
  element.append(
    makeGrip(element, title.toLowerCase()),
    make("div", { class: "top" }, heading,
      button(close, { class: "icon", "aria-label": `Close ${title.toLowerCase()}` }, icon("cross"))),
    body,
  );
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  const drawer = {
    body, heading, open, close, toggle: () => (element.hidden ? open() : close()),
    get isOpen() { return !element.hidden; },
  };
  drawers.push(drawer);
  return drawer;
};
