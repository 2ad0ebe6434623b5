// On an upright phone panels are sheets at the foot of the picture: a grip pulls them higher or lower, a press on it folds them.
import { button, make } from "./dom.js";

const FOLDED = 72; // pixels
const PULL = 5; // pixels from which on a press is a pull

/** Tells whether a panel takes so much of the picture that the rest is to be fitted anew. */
export const isSmall = () => matchMedia("(max-width: 820px), (max-height: 520px)").matches;

/** Runs something whenever a drawer, or the details of a small picture, take more or less of it than at first. */
export const onRoom = (run) => {
  let begun = false; // the first report tells only what is there already
  const watch = new ResizeObserver((all) => {
    if (begun && (isSmall() || all.some(({ target }) => target.id !== "about"))) run();
    begun = true;
  });
  for (const panel of document.querySelectorAll("main .card")) watch.observe(panel);
};

/** Makes the grip of a panel. */
export const makeGrip = (panel, name) => {
  let [foot, from, pulled, folded] = [0, 0, false, false];
  const set = (height) => {
    panel.style.setProperty("--sheet", height ? `${height}px` : "");
    folded = height === FOLDED;
    grip.setAttribute("aria-expanded", String(!folded));
  };
  const press = () => {
    if (!pulled) set(folded ? 0 : FOLDED);
    pulled = false;
  };
  const grip = button(null, {
    class: "grip", "aria-label": `Height of ${name}`, "aria-expanded": "true", title: "Press to fold, pull for another height",
    on: {
      click: press,
      pointerdown: (event) => {
        grip.setPointerCapture(event.pointerId);
        [foot, from, pulled] = [event.clientY + panel.offsetHeight, event.clientY, false];
      },
      pointermove: (event) => {
        if (!grip.hasPointerCapture(event.pointerId)) return;
        pulled ||= Math.abs(event.clientY - from) > PULL;
        if (pulled) set(Math.max(FOLDED, foot - event.clientY));
      },
    },
  }, make("span"));
  // Who goes into what is folded is to see it.
  panel.addEventListener("focusin", ({ target }) => { if (folded && !target.closest("h2, .grip, .close, .icon")) set(0); });
  return grip;
};
