// The neighbours of a node in the details: by relation and kind, and what stands in the same papers.
import { capital, counted, growing, make } from "./dom.js";
import { goTo, passagesOf, quiet, rowTo, section, sectionWith, unfolding } from "./rows.js";
import { commonPapers, companions, groups, isAuthor, isPaper } from "./ties.js";

const ROWS = 12; // neighbours shown before "show all"
const FEW = 5; // companions of a kind shown at once
const SORTED = 3; // so many papers can be put in another order

let order = "year"; // of papers, as last chosen

/** A list of papers, each with its year. */
export const paperList = (app, papers) => growing(
  papers, (p) => rowTo(goTo(app, p)), { first: ROWS, facts: { class: "ties" } },
);

/** A neighbour: where it leads, and the passages behind the edge. */
const tieRow = (app, i, e, numbered) => {
  const { data } = app;
  const other = data.other(e, i);
  const name = data.labels[other];
  const [why, box] = unfolding("why", `Passages for ${name}`, () => passagesOf(data, e));
  data.evidence(e).then(({ length }) => {
    if (!length) return;
    const words = counted(length, "passage", "passages");
    why.textContent = words;
    why.setAttribute("aria-label", `${words} for ${name}`);
  });
  return rowTo(goTo(app, other, { number: numbered && data.position[e] ? data.position[e] : null }), why, box);
};

/** One that stands in the same papers: how many, and which. */
const companionRow = (app, i, other, papers) => {
  const { data } = app;
  const words = counted(papers, "paper", "papers");
  const fill = async () => [paperList(app, commonPapers(data, i, other))];
  return rowTo(goTo(app, other), ...unfolding(words, `${words} with ${data.labels[other]}`, fill));
};

const sorter = (redo) => {
  const run = () => { order = select.value; redo(); };
  const select = make("select", { class: "sort", "aria-label": "Order of papers", on: { change: run } },
    make("option", { value: "year", selected: order === "year" }, "Newest first"),
    make("option", { value: "degree", selected: order === "degree" }, "Most edges"));
  return select;
};

const groupSection = (app, i, group, redo) => {
  const { edges, authors } = group;
  const rows = growing(edges, (e) => tieRow(app, i, e, authors), { first: ROWS, facts: { class: "ties" } });
  const papers = !authors && edges.length >= SORTED && isPaper(app.data, app.data.other(edges[0], i));
  const parts = [capital(group.title), edges.length, rows];
  const made = papers ? sectionWith(sorter(redo), ...parts) : section(...parts);
  if (authors) made.classList.add("authors");
  return made;
};

/** The neighbours of a node, a section for each relation and kind; `redo` makes them again in another order. */
export const neighbourSections = (app, i, redo) => {
  const found = groups(app.data, i, order);
  if (!found.length) return [quiet("Nothing in the graph is tied to it.")];
  return found.map((group) => groupSection(app, i, group, redo));
};

/** Who and what stands in the same papers, a section for each kind; of a person, the co-authors first. */
export const companionSections = (app, i) => {
  const { data } = app;
  const person = isAuthor(data, i);
  const isPeople = ({ kind }) => data.kinds[kind].name === "person";
  const found = companions(data, i);
  if (person) found.sort((a, b) => isPeople(b) - isPeople(a));
  return found.map((group) => {
    const together = person && isPeople(group);
    const title = together ? "Co-authors" : `${capital(data.kinds[group.kind].plural)} in the same papers`;
    const row = (other) => companionRow(app, i, other, group.papers.get(other));
    const rows = growing(group.others, row, { first: together ? ROWS : FEW, facts: { class: "ties" } });
    return section(title, group.others.length, rows);
  });
};
