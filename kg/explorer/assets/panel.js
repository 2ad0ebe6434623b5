// The details: what is known of the chosen node, edge or link, with the sentences that say so.
//
// Facts come from the columns at once; texts and passages are filled in as soon as their shard is unpacked.
import { $, button, capital, counted, dot, grouped, growing, make, webLink } from "./dom.js";
import { companionSections, neighbourSections, paperList } from "./neighbours.js";
import { nodeTools } from "./nodetools.js";
import { isSentence, mentionSpans, passageFigure, textOf, withMentions } from "./passages.js";
import { command, commandOfEdge, commandOfNode, goTo, passagesOf, quiet, rowTo, section } from "./rows.js";
import { citations, commonPapers, eachTie, isAuthor, isAuthorship, isPaper, rankPlace } from "./ties.js";
import { isSmall, makeGrip } from "./sheet.js";
import { visit } from "./visit.js";

const LONG = 420; // characters of an abstract that are shown at once
const SENTENCES = 3; // shown of a thing before one asks for more
const LOOKED = 24; // edges whose passages are looked through for these sentences
const CLEAR = 40; // pixels between the panel and the chosen node

// ------------------------------------------------------------------------------------------------- facts

const ordinal = (n) => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th";
  return `${grouped(n)}${ending}`;
};

const eyebrow = (data, i) => {
  const kind = data.kinds[data.kind[i]];
  const papers = data.papers[i] ? counted(data.papers[i], "paper", "papers") : "";
  const when = make("span", { class: "when" }, isPaper(data, i) ? String(data.year[i] || "") : papers);
  return [make("p", { class: "eyebrow" }, dot(kind), make("span", {}, capital(kind.label)), when), when];
};

/** Facts as a table of terms: what the columns know. */
const factList = (app, i) => {
  const { data, scene, actions } = app;
  const kind = data.kinds[data.kind[i]];
  const rows = [];
  const add = (term, ...said) => rows.push(make("dt", {}, term), make("dd", {}, ...said));
  const names = (data.aliases[i] || "").split("\t").filter(Boolean);
  if (names.length) add("Also", names.join(" · "));
  if (!isPaper(data, i) && data.year[i]) add("First seen", String(data.year[i]));
  for (const { label, of } of data.groups.facts) if (of(i)) add(capital(label), of(i));
  add("Edges", grouped(data.degree[i]));
  const cited = citations(data, i);
  if (cited) add("Cited", `${counted(cited, "time", "times")} in this graph`);
  const rank = rankPlace(data, i);
  if (rank && rank.of > 1) add("PageRank", `${ordinal(rank.place)} of ${counted(rank.of, kind.label, kind.plural)}`);
  const c = scene.community[i];
  const community = c === data.NOBODY ? null : scene.communities[c];
  if (community) {
    const only = { class: "inline", title: "Show only this community" };
    add("Community", button(() => actions.community(c), only, community.label), " ",
      make("small", {}, counted(community.nodes, "node", "nodes")));
  }
  return make("dl", { class: "facts" }, ...rows);
};

const sourceLink = (link) => make("p", { class: "link" },
  make("a", { href: link.href, rel: "noopener noreferrer", target: "_blank" }, `${link.host}${link.pathname}`));

/** Says that the node is not in the picture now, with a way to bring it back; null where it is. */
const absence = (app, i) => {
  const { data, scene, store, actions } = app;
  if (scene.shown[i]) return null;
  const inView = !Number.isNaN(scene.x[i]);
  const bring = () => {
    const { hidden, hiddenKinds } = store.state;
    if (!inView) actions.view("graph");
    else if (hiddenKinds.includes(data.kind[i])) actions.toggleKind(data.kind[i]);
    else if (hidden.includes(i)) actions.showHidden();
    if (!scene.shown[i]) actions.reset();
    visit(app, i, { look: true });
  };
  return make("p", { class: "absent" },
    inView ? "Left out of the picture by a filter." : `Not part of the view “${scene.view.label}”.`,
    " ", button(bring, { class: "inline" }, "Show it"));
};

/** Where the node can be named outside of the page: its IRI, and the command that tells all about it. */
const reference = (data, i) => section("Refer to it", null,
  command(`${data.base}${data.keys[i]}`, "the IRI"), commandOfNode(data, i),
  quiet("DIR is the folder of the graph; the command tells every passage, and how names were joined."));

// ------------------------------------------------------------------------------------------------- texts

/** Words of an abstract that name a node: a way to it. */
const mentionOf = (app, words, node) => {
  const { data, stage } = app;
  const kind = data.kinds[data.kind[node]];
  const on = {
    click: (event) => { event.preventDefault(); visit(app, node); },
    pointerenter: () => stage.hover(node),
    pointerleave: () => stage.hover(-1),
  };
  return make("a", {
    class: "mention", href: `#node=${encodeURIComponent(data.keys[node])}`,
    title: `${capital(kind.label)}: ${data.labels[node]}`, tint: kind.color, "data-node": String(node), on,
  }, make("mark", {}, words));
};

/** An abstract with its mentions marked; what does not fit is shown when asked for, or when the focus goes there. */
const abstractOf = (app, text, told) => {
  const spans = mentionSpans(text, told);
  const pieces = withMentions(text, spans, (words, node) => mentionOf(app, words, node));
  const body = make("p", { class: "abstract", "data-evidence": spans.length > 0 }, ...pieces);
  if (text.length <= LONG) return [body];
  body.classList.add("short");
  const open = () => { body.classList.remove("short"); more.remove(); };
  const press = () => { open(); body.querySelector("a")?.focus({ preventScroll: true }); };
  const more = button(press, { class: "more" }, "Show the whole abstract");
  body.addEventListener("focusin", open);
  return [body, more];
};

/** What a paper's abstract says of its edges: `[{passage, node}]`. */
const toldInAbstract = async (data, i) => {
  const edges = [];
  eachTie(data, i, (e) => { if (data.source[e] === i) edges.push(e); });
  const found = await Promise.all(edges.map(async (e) => (await data.evidence(e)).map(
    (passage) => ({ passage, node: data.target[e] }),
  )));
  return found.flat().filter(({ passage }) => passage.field === "abstract");
};

/** The text of a paper: its abstract, else the sentences of it that the page keeps. */
const paperText = async (app, i, text) => {
  const told = await toldInAbstract(app.data, i);
  if (text) return abstractOf(app, text, told);
  const words = textOf(told);
  if (!words) return [];
  const parts = abstractOf(app, words, told);
  return [section("Sentences of the abstract", null, ...parts), quiet("A page of this size keeps only these.")];
};

/** The sentences that name a thing, one of each paper, those of abstracts first; more on demand. */
const sentencesOf = async (app, i) => {
  const { data } = app;
  const edges = [];
  eachTie(data, i, (e) => { if (data.target[e] === i && !isAuthorship(data, e)) edges.push(e); });
  edges.sort((e, f) => data.score[f] - data.score[e] || data.source[e] - data.source[f]);
  const inAbstract = ({ field }) => Number(field === "abstract");
  const papers = new Set();
  const first = edges.filter((e) => !papers.has(data.source[e]) && papers.add(data.source[e])).slice(0, LOOKED);
  const found = await Promise.all(first.map(async (e) => {
    const [best] = (await data.evidence(e)).filter(isSentence).sort((p, q) => inAbstract(q) - inAbstract(p));
    return best ? { paper: data.source[e], passage: best } : null;
  }));
  const told = found.filter(Boolean).sort((p, q) => inAbstract(q.passage) - inAbstract(p.passage));
  if (!told.length) return [];
  const row = ({ paper, passage }) => make("li", {}, passageFigure(passage, goTo(app, paper)));
  const rows = growing(told, row, { first: SENTENCES, step: 9, facts: { class: "said" } });
  return [section("Where it says so", null, rows)];
};

// -------------------------------------------------------------------------------- a node, an edge, a link

/** Fills in what is told on demand, as long as the panel is about the node: `current()`. */
const fillNode = async (app, i, { when, link, text, ties }, current) => {
  const { data } = app;
  const facts = await data.details(i);
  if (!current()) return;
  if (facts.date) when.textContent = facts.date;
  const url = facts.url ? webLink(facts.url) : null;
  if (url) link.replaceChildren(sourceLink(url));
  if (typeof facts.complete === "boolean") {
    const words = facts.complete ? "The author list is complete." : "The author list is incomplete (et al.).";
    ties.querySelector(".authors")?.append(quiet(words));
  }
  if (facts.text) text.replaceChildren(...abstractOf(app, facts.text, []));
  const parts = isPaper(data, i) ? await paperText(app, i, facts.text) : await sentencesOf(app, i);
  if (current()) text.replaceChildren(...parts);
};

const nodeParts = (app, i, tools, current, later) => {
  const { data } = app;
  const [top, when] = eyebrow(data, i);
  const [link, text, others] = [make("div"), make("div", { class: "text" }), make("div")];
  const ties = make("div", { class: "neighbours" });
  const fill = () => ties.replaceChildren(...neighbourSections(app, i, fill));
  fill();
  later.push(fillNode(app, i, { when, link, text, ties }, current));
  if (!isPaper(data, i)) {
    const fillOthers = () => { if (current()) others.replaceChildren(...companionSections(app, i)); };
    // After the facts are seen: of a topic of many papers this is much to count.
    later.push(new Promise((done) => { setTimeout(done); }).then(fillOthers));
  }
  return [
    top, make("h2", { tabindex: "-1" }, data.labels[i] || data.keys[i]), link, absence(app, i), factList(app, i),
    tools.element, text, ties, others, reference(data, i),
  ];
};

const ends = (app, a, b) => make("ul", { class: "ties ends" }, rowTo(goTo(app, a)), rowTo(goTo(app, b)));

const edgeParts = (app, e, current, later) => {
  const { data } = app;
  const evidence = make("div");
  later.push(passagesOf(data, e).then((parts) => { if (current()) evidence.replaceChildren(...parts); }));
  return [
    make("p", { class: "eyebrow" }, `Edge · score ${(data.score[e] / 255).toFixed(2)}`),
    make("h2", { tabindex: "-1" }, capital(data.relations[data.relation[e]].label)),
    ends(app, data.source[e], data.target[e]),
    section("Evidence", null, evidence),
    section("Refer to it", null, commandOfEdge(data, e)),
  ];
};

/** A link that stands for papers in common. */
const linkParts = (app, [a, b]) => {
  const { data } = app;
  const papers = commonPapers(data, a, b);
  const people = isAuthor(data, a) && isAuthor(data, b);
  const title = `${counted(papers.length, "paper", "papers")} ${people ? "written together" : "in common"}`;
  return [
    make("p", { class: "eyebrow" }, "Link"),
    make("h2", { tabindex: "-1" }, title),
    ends(app, a, b),
    section("Papers", papers.length, paperList(app, papers)),
    people ? quiet("Where author lists were cut (“et al.”), there may be more.") : null,
  ];
};

// ------------------------------------------------------------------------------------------------- mount

/** What the panel is about: a node, an edge, two nodes of a link, or nothing. */
const subject = ({ node, edge, pair }) => {
  if (node >= 0) return `node ${node}`;
  if (edge >= 0) return `edge ${edge}`;
  return pair ? `pair ${pair}` : "";
};

/** Makes the details panel follow what is chosen. */
export const mountPanel = (app) => {
  const { store, scene, stage, actions } = app;
  const panel = $("about");
  let [showing, opener, tools] = ["", null, null];

  /** Returns what stands in the panel; `later` takes the promises of what is filled in while it is `current()`. */
  const parts = (current, later) => {
    const { node, edge, pair } = store.state;
    tools = node >= 0 ? nodeTools(app, node) : null;
    if (node >= 0) return nodeParts(app, node, tools, current, later);
    return edge >= 0 ? edgeParts(app, edge, current, later) : linkParts(app, pair);
  };
  const grip = makeGrip(panel, "the details");
  const shut = () => {
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    document.body.classList.remove("beside");
    if (!within) return;
    const back = opener?.isConnected && opener.checkVisibility() ? opener : stage.canvas;
    back.focus({ preventScroll: true });
  };
  /** Moves the picture where the panel would lie over the chosen node. */
  const uncover = () => {
    const { node } = store.state;
    if (isSmall() && !stage.touched) return; // then all is fitted to the rest
    if (node < 0 || !scene.shown[node] || Number.isNaN(scene.x[node])) return;
    const [x, y] = stage.screen(node);
    const [box, room] = [panel.getBoundingClientRect(), stage.canvas.getBoundingClientRect()];
    if (!(x > box.left - CLEAR && x < room.right && y > box.top - CLEAR && y < room.bottom)) return;
    if (box.width < room.width * 0.6) stage.pan(box.left - 2 * CLEAR - x, 0);
    else stage.pan(0, (room.top + box.top) / 2 - y);
  };
  const draw = () => {
    const inside = panel.contains(document.activeElement);
    if (panel.hidden) opener = document.activeElement === document.body ? null : document.activeElement;
    const closer = button(() => actions.clear(), { class: "close", "aria-label": "Close the details" }, "×");
    const [now, later] = [showing, []];
    const current = () => showing === now;
    panel.setAttribute("aria-busy", "true");
    panel.replaceChildren(grip, closer, ...parts(current, later).filter(Boolean));
    Promise.all(later).finally(() => {
      if (!current()) return;
      uncover(); // texts make the panel taller
      panel.setAttribute("aria-busy", "false");
    });
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("beside");
    if (inside) panel.querySelector("h2").focus({ preventScroll: true });
    uncover();
  };
  const follow = () => {
    tools?.follow(store.state);
    const next = subject(store.state);
    if (next === showing) return;
    showing = next;
    if (next) draw(); else shut();
  };
  /** Follows filters and views: facts of the picture change, what was unfolded below stays. */
  const freshen = () => {
    const { node } = store.state;
    if (panel.hidden || node < 0 || showing !== `node ${node}`) return;
    panel.querySelector(".absent")?.remove();
    const words = absence(app, node);
    if (words) panel.querySelector("h2").after(words);
    const facts = panel.querySelector(".facts");
    if (!facts.contains(document.activeElement)) facts.replaceWith(factList(app, node));
  };
  store.on(follow);
  scene.on(freshen);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !showing) return;
    event.preventDefault();
    actions.clear();
  });
  follow();
};
