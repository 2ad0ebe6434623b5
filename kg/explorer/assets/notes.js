// Says in words what the picture shows, of what, and by which rule.
import { counted, cut, grouped } from "./dom.js";

const THINGS_TIED = "tied by papers that name both";
const WORDS = {
  graph: { nodes: ["node", "nodes"], links: ["edge", "edges"], more: "" },
  coauthors: { nodes: ["author", "authors"], links: ["pair", "pairs"], more: "who wrote papers together" },
  topics: { nodes: ["thing", "things"], links: ["pair", "pairs"], more: THINGS_TIED },
  timeline: { nodes: ["paper or thing", "papers and things"], links: ["edge", "edges"], more: "by year" },
  bipartite: { nodes: ["author or thing", "authors and things"], links: ["pair", "pairs"], more: THINGS_TIED },
};

const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const few = (list, many) => (list.length <= 3 ? listed(list) : `${list.length} ${many}`);

/** Says of what the picture shows how much. */
const amount = ({ view, counts: { nodes, of, links, linksOf } }) => {
  const words = WORDS[view.name];
  const tail = words.more ? ` ${words.more}` : "";
  if (nodes === of && links === linksOf) {
    return `${of > 1 ? "All " : ""}${counted(nodes, ...words.nodes)}, ${counted(links, ...words.links)}${tail}`;
  }
  const part = (count, all, [one, many]) => `${grouped(count)} of ${counted(all, one, many)}`;
  return `${part(nodes, of, words.nodes)}, ${part(links, linksOf, words.links)}${tail}`;
};

/** Says by which rules of the reader's the rest is left out. */
const rules = (data, state, scene) => {
  const name = (i) => cut(data.labels[i], 40);
  const said = [];
  if (scene.ego) {
    const { nodes, depth, expanded } = scene.ego;
    const more = expanded.length ? `, and the neighbours of ${few(expanded.map(name), "nodes")}` : "";
    said.push(`within ${counted(depth, "step", "steps")} of ${few(nodes.map(name), "nodes")}${more}`);
  } else if (state.ego) said.push("the nodes of the neighbourhood do not stand in this view, so it is shown whole");
  if (state.years) {
    const [from, to] = state.years;
    const span = from === to ? String(from) : `${from} to ${to}`;
    said.push(`papers of ${span} (those without a year ${state.undated ? "stay" : "are left out"})`);
  }
  if (state.topic >= 0) said.push(`papers tied to ${name(state.topic)}`);
  if (!state.isolated) said.push("without nodes that have no link here");
  if (state.score > 0) said.push(`edges with a score of at least ${Math.round(state.score * 100)} %`);
  const relations = state.hiddenRelations.map((r) => `“${data.relations[r].label}”`);
  if (relations.length) said.push(`without edges ${few(relations, "kinds of edges")}`);
  if (state.community >= 0) said.push(`of the community ${scene.communities[state.community]?.label ?? "chosen"}`);
  if (state.only) {
    const [property, value] = state.only;
    const words = data.groups.list.find(({ name }) => name === property)?.label ?? property;
    said.push(`of the ${words} “${cut(data.groups.labelOf(property, data.groups.find(property, value)), 40)}”`);
  }
  if (state.hiddenKinds.length) said.push(`without ${few(state.hiddenKinds.map((k) => data.kinds[k].plural), "kinds")}`);
  if (state.hidden.length) said.push(`${grouped(state.hidden.length)} hidden by hand`);
  const tied = state.years || state.topic >= 0 || state.score > 0 || state.hiddenRelations.length;
  const rest = tied && state.view !== "timeline" ? ". People and things stay while a paper that passes is tied to them" : "";
  return said.length ? `: ${said.join("; ")}${rest}` : "";
};

/** Says what no choice of the reader's left out, and what the counts do not know. */
const limits = (data, state, scene, arranged) => {
  const said = [];
  const { view } = scene;
  const papers = (count) => counted(count, "paper", "papers");
  if (view.name === "bipartite") {
    said.push(`Only the ${view.sides[0]} authors and ${view.sides[1]} things with the most papers stand here.`);
  }
  if (view.few) {
    said.push(`Of ${counted(view.few.all, "thing", "things")}, only those in at least ${papers(view.few.papers)} stand here.`);
  }
  if (view.net.crowded) {
    said.push(`${papers(view.net.crowded)} of more than ${view.net.most} authors or things each are left out: they tie too many.`);
  }
  const authored = view.name === "coauthors" || view.name === "bipartite";
  if (authored && data.cutLists) {
    const cutLists = `${grouped(data.cutLists)} of ${papers(data.lists)}`;
    said.push(`Pairs are a lower bound: the author lists of ${cutLists} are cut (“et al.”).`);
  }
  if (arranged && !arranged.places && !view.axis.length) said.push("So many nodes keep their places on the map.");
  return said.length ? ` ${said.join(" ")}` : "";
};

/** Returns what is shown of what, and by which rule, as sentences. */
export const noteOf = ({ data, state, scene, arranged }) => {
  const whole = `${amount(scene)}${rules(data, state, scene)}`;
  return `${whole}${whole.endsWith("…") ? "" : "."}${limits(data, state, scene, arranged)}`;
};
