// About this picture: what the graph holds and what the page shows of it, in a card that opens from the title.
import { $, button, make } from "./dom.js";

/** Text of the page that stays the same for every graph. */
const NOTES = [
  "A node is a paper, or what papers name: people, organizations, methods, datasets, tasks. An edge leads from a paper "
    + "to what it names; the details of both show the passages that say so.",
  "Where an author list was cut (“et al.”), the authors that are missing are not in the graph: what is counted of "
    + "people is the least that is true.",
  "Communities are groups of nodes with more links among themselves than to others. Their names tell what is typical "
    + "of them, and who leads them.",
];

/** Makes the card and its button, and keeps the line that says what is shown of what. */
export const mountColophon = ({ data, scene, stage }) => {
  const [opener, card] = [$("show-notes"), $("notes")];
  const summary = document.querySelector("header .summary").textContent;
  const shut = () => {
    if (card.hidden) return;
    const within = card.contains(document.activeElement);
    card.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (within) opener.focus({ preventScroll: true });
  };
  const open = () => {
    const parts = summary.split(/, (?=\d|author)/); // commas within numbers have no space after them
    card.replaceChildren(
      button(shut, { class: "close", "aria-label": "Close" }, "×"),
      make("h2", { tabindex: "-1" }, "About this picture"),
      make("ul", { class: "counts" }, ...parts.map((part) => make("li", {}, part))),
      ...[scene.note, stage.note, ...(data.notes ?? []), ...NOTES].filter(Boolean).map((words) => make("p", {}, words)),
    );
    card.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    card.querySelector("h2").focus({ preventScroll: true });
  };
  const tell = () => {
    const line = $("status");
    const text = [scene.note, stage.note].filter(Boolean).join(" ");
    if (line.textContent !== text) line.textContent = text;
  };
  scene.on(tell);
  stage.onDrawn(tell);
  tell();
  opener.addEventListener("click", () => (card.hidden ? open() : shut()));
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    shut();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!card.hidden && !card.contains(event.target) && event.target !== opener) shut();
  });
};
