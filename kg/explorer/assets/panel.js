// The details: what is known of the chosen node or edge, with the sentences that say so.
//
// Facts come from the columns at once; texts and passages are filled in as soon as their shard is unpacked.
import { $, button, capital, copier, counted, dot, growing, make, quoted, webLink } from "./dom.js";
import { isKept, isSentence, mentionSpans, passageFigure, textOf, withMentions } from "./passages.js";
import { citations, commonPapers, companions, eachTie, groups, isAuthor, isAuthorship, isPaper, rankPlace } from "./ties.js";
import { nodeTools } from "./nodetools.js";
import { visit } from "./visit.js";

const LONG = 420; // characters of an abstract that are shown at once
const ROWS = 12; // neighbours shown before "show all"
const FEW = 5; // companions of a kind shown at once
const SENTENCES = 3; // shown of a thing before one asks for more
const CLEAR = 40; // pixels between the panel and the chosen node
const LOOKED = 24; // edges whose passages are looked through for these sentences

/** A button that goes to a node. */
const goTo = (app, i, { number = null, year = true, after = null } = {}) => {
  const { data } = app;
  const kind = data.kinds[data.kind[i]];
  const when = year && kind.name === "paper" && data.year[i] ? make("small", {}, ` ${data.year[i]}`) : "";
  return button(() => visit(app, i), { class: "go", "data-node": String(i) },
    number === null ? null : make("span", { class: "number" }, String(number)), dot(kind),
    make("span", {}, data.labels[i] || data.keys[i], when), after);
};

const section = (title, count, ...inside) => make("section", {},
  make("h3", {}, title, count === null ? null : make("span", {}, count.toLocaleString("en"))), ...inside);

/** A section whose heading has a control beside it. */
const sectionWith = (control, title, count, ...inside) => {
  const made = section(title, count, ...inside);
  made.prepend(make("div", { class: "head" }, made.firstChild, control));
  return made;
};

const quiet = (text) => make("p", { class: "quiet" }, text);

/** What a command calls a node: its path, its whole IRI where the page knows no path of it; quoted for a shell. */
const spelled = (data, i) => quoted(data.keys[i].includes("/") ? data.keys[i] : `${data.base}${data.keys[i]}`);

const commandFor = (data, e) => {
  const { predicate } = data.relations[data.relation[e]];
  return `kg why DIR ${spelled(data, data.source[e])} ${quoted(predicate)} ${spelled(data, data.target[e])}`;
};

/** A command to copy. */
const command = (text, what) => make("p", { class: "command" }, make("code", {}, text), copier(text, what));

/** What stands in for passages that the page does not keep. */
const notKept = (data, e) => [
  quiet("The passages of this edge are not kept in this page. The graph's folder (DIR) has them all:"),
  command(commandFor(data, e), "the command"),
];

const passagesOf = async (data, e) => {
  const found = await data.evidence(e);
  if (!found.length) return notKept(data, e);
  const parts = found.map((passage) => passageFigure(passage));
  if (data.withText && !found.every(isKept)) {
    parts.push(quiet("Not every sentence is kept in a page of this size. It stands in the file and line above; with the graph's folder (DIR):"));
    parts.push(command(commandFor(data, e), "the command"));
  }
  return parts;
};

let serial = 0; // of boxes that a button opens

/** A button that opens and closes a box; the box is filled when it is first opened. */
const unfolding = (words, name, fill, { open = false } = {}) => {
  serial += 1;
  const box = make("div", { id: `unfolded-${serial}`, class: "unfolded", hidden: !open });
  let filled = false;
  const show = async () => {
    if (filled) return;
    filled = true;
    box.replaceChildren(...await fill());
  };
  const press = () => {
    box.hidden = !box.hidden;
    why.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) show();
  };
  const why = button(press, { class: "why", "aria-expanded": String(open), "aria-controls": box.id, "aria-label": name }, words);
  if (open) show();
  return [why, box];
};

/** A neighbour: where it leads, and the passages behind the edge. */
const tieRow = (app, i, e, { numbered = false, open = false } = {}) => {
  const { data } = app;
  const other = data.other(e, i);
  const [why, box] = unfolding("why", `Passages for ${data.labels[other]}`, () => passagesOf(data, e), { open });
  data.evidence(e).then(({ length }) => {
    if (!length) return;
    why.textContent = counted(length, "passage", "passages");
    why.setAttribute("aria-label", `${counted(length, "passage", "passages")} for ${data.labels[other]}`);
  });
  const number = numbered && data.position[e] ? data.position[e] : null;
  return make("li", {}, make("div", { class: "tie" }, goTo(app, other, { number }), why), box);
};

/** One that stands in the same papers: how many, and which. */
const companionRow = (app, i, other, papers) => {
  const { data } = app;
  const words = counted(papers, "paper", "papers");
  const [why, box] = unfolding(words, `${words} with ${data.labels[other]}`, async () => [paperList(app, commonPapers(data, i, other))]);
  return make("li", {}, make("div", { class: "tie" }, goTo(app, other), why), box);
};

const paperList = (app, papers) => growing(papers, (p) => make("li", {}, make("div", { class: "tie" }, goTo(app, p))),
  { first: ROWS, facts: { class: "ties" } });

// ------------------------------------------------------------------------------------------------- parts

const eyebrow = (data, i) => {
  const kind = data.kinds[data.kind[i]];
  const tail = isPaper(data, i) ? data.year[i] || "" : data.papers[i] ? counted(data.papers[i], "paper", "papers") : "";
  const when = make("span", { class: "when" }, tail ? String(tail) : "");
  return [make("p", { class: "eyebrow" }, dot(kind), make("span", {}, capital(kind.label)), when), when];
};

const ordinal = (n) => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th";
  return `${n.toLocaleString("en")}${ending}`;
};

/** Facts as a table of terms: what the columns know. */
const factList = (app, i) => {
  const { data, scene, actions } = app;
  const rows = [];
  const add = (term, ...said) => rows.push(make("dt", {}, term), make("dd", {}, ...said));
  const names = (data.aliases[i] || "").split("\t").filter(Boolean);
  if (names.length) add("Also", names.join(" · "));
  if (!isPaper(data, i) && data.year[i]) add("First seen", String(data.year[i]));
  add("Edges", data.degree[i].toLocaleString("en"));
  const cited = isPaper(data, i) ? citations(data, i) : data.cited?.[i] ?? 0;
  if (cited) add("Cited", `${counted(cited, "time", "times")} in this graph`);
  const rank = rankPlace(data, i);
  if (rank && rank.of > 1) add("PageRank", `${ordinal(rank.place)} of ${counted(rank.of, data.kinds[data.kind[i]].label, data.kinds[data.kind[i]].plural)}`);
  const c = scene.community[i];
  const community = c === data.NOBODY ? null : scene.communities?.[c];
  if (community) {
    add("Community", button(() => actions.community(c), { class: "inline", title: "Show only this community" },
      community.label), " ", make("small", {}, `${counted(community.nodes, "node", "nodes")}`));
  }
  return make("dl", { class: "facts" }, ...rows);
};

const sourceLink = (link) => make("p", { class: "link" },
  make("a", { href: link.href, rel: "noopener noreferrer", target: "_blank" }, `${link.host}${link.pathname}`));

/** Says that the node is not in the picture now, with a way to bring it back. */
const absence = (app, i) => {
  const { data, scene, store, actions } = app;
  if (scene.shown[i]) return null;
  const { state } = store;
  const inView = !Number.isNaN(scene.x[i]);
  const bring = () => {
    if (!inView) actions.view("graph");
    else if (state.hiddenKinds.includes(data.kind[i])) actions.toggleKind(data.kind[i]);
    else if (state.hidden.includes(i)) actions.showHidden();
    else actions.reset();
    if (!scene.shown[i]) actions.reset();
    visit(app, i, { look: true });
  };
  return make("p", { class: "absent" }, inView ? "Left out of the picture by a filter." : `Not part of the view “${scene.view.label}”.`,
    " ", button(bring, { class: "inline" }, "Show it"));
};

/** The abstract with its mentions marked; each leads to what it names. */
const abstractOf = (app, text, told) => {
  const { data } = app;
  const mention = (words, node) => {
    const kind = data.kinds[data.kind[node]];
    const go = (event) => { event.preventDefault(); visit(app, node); };
    return make("a", {
      class: "mention", href: `#node=${encodeURIComponent(data.keys[node])}`, title: `${capital(kind.label)}: ${data.labels[node]}`,
      tint: kind.color, "data-node": String(node),
      on: { click: go, pointerenter: () => app.stage.hover(node), pointerleave: () => app.stage.hover(-1) },
    }, make("mark", {}, words));
  };
  const long = text.length > LONG;
  const pieces = withMentions(text, mentionSpans(text, told), mention);
  const body = make("p", { class: long ? "abstract short" : "abstract" }, ...pieces);
  if (!long) return [body];
  const more = button(() => {
    body.classList.remove("short");
    more.remove();
    body.querySelector("a")?.focus({ preventScroll: true });
  }, { class: "more" }, "Show the whole abstract");
  body.addEventListener("focusin", () => { body.classList.remove("short"); more.remove(); });
  return [body, more];
};

const told = async (data, i) => {
  const edges = [];
  eachTie(data, i, (e) => { if (data.source[e] === i) edges.push(e); });
  const found = await Promise.all(edges.map(async (e) => (await data.evidence(e)).map((passage) => ({
    passage, node: data.target[e],
  }))));
  return found.flat().filter(({ passage }) => passage.field === "abstract");
};

/** The sentences that name a thing, the best of each paper first; more on demand. */
const sentencesOf = async (app, i) => {
  const { data } = app;
  const edges = [];
  eachTie(data, i, (e) => { if (data.target[e] === i && !isAuthorship(data, e)) edges.push(e); });
  edges.sort((e, f) => data.score[f] - data.score[e] || data.source[e] - data.source[f]);
  const found = await Promise.all(edges.slice(0, LOOKED).map(async (e) => {
    const best = (await data.evidence(e)).filter(isSentence).sort((p, q) => (q.field === "abstract") - (p.field === "abstract"));
    return best.length ? { e, passage: best[0] } : null;
  }));
  const papers = new Set();
  return found.filter((each) => {
    if (!each || papers.has(data.source[each.e])) return false;
    papers.add(data.source[each.e]);
    return true;
  }).sort((p, q) => (q.passage.field === "abstract") - (p.passage.field === "abstract"));
};

/** Where the node can be named outside of the page: its IRI, and the command that tells all about it. */
const reference = (app, i) => {
  const { data } = app;
  const iri = `${data.base}${data.keys[i]}`;
  return section("Refer to it", null, command(iri, "the IRI"), command(`kg why DIR ${spelled(data, i)}`, "the command"),
    quiet("DIR is the folder of the graph; the command tells every passage, and how names were joined."));
};

// ------------------------------------------------------------------------------------------------ a node

let order = "year"; // of papers, as last chosen

const neighbourSections = (app, i, redo) => {
  const { data } = app;
  const found = groups(data, i, order);
  const sections = found.map((group) => {
    const papers = data.kinds[group.kind].name === "paper" && group.edges.length > 2;
    const rows = growing(group.edges, (e) => tieRow(app, i, e, { numbered: group.authors }),
      { first: ROWS, facts: { class: "ties" } });
    const title = capital(group.title);
    const made = papers ? sectionWith(sorter(redo), title, group.edges.length, rows) : section(title, group.edges.length, rows);
    if (group.authors) made.classList.add("authors");
    return made;
  });
  if (!found.length) sections.push(quiet("Nothing in the graph is tied to it."));
  return sections;
};

const sorter = (redo) => {
  const select = make("select", { class: "sort", "aria-label": "Order of papers", on: { change: () => { order = select.value; redo(); } } },
    make("option", { value: "year", selected: order === "year" }, "Newest first"),
    make("option", { value: "degree", selected: order === "degree" }, "Most edges"));
  return select;
};

const companionSections = (app, i) => {
  const { data } = app;
  const person = isAuthor(data, i);
  const found = companions(data, i);
  if (person) found.sort((a, b) => (data.kinds[b.kind].name === "person") - (data.kinds[a.kind].name === "person"));
  return found.map(({ kind, others, papers }) => {
    const { name, plural } = data.kinds[kind];
    const title = person && name === "person" ? "Co-authors" : `${capital(plural)} in the same papers`;
    return section(title, others.length, growing(others, (other) => companionRow(app, i, other, papers.get(other)),
      { first: name === "person" && person ? ROWS : FEW, facts: { class: "ties" } }));
  });
};

const nodeParts = (app, i, tools, current) => {
  const { data } = app;
  const [top, when] = eyebrow(data, i);
  const link = make("div", {});
  const text = make("div", { class: "text" });
  const ties = make("div", { class: "neighbours" });
  const paper = isPaper(data, i);
  const fill = () => ties.replaceChildren(...neighbourSections(app, i, fill));
  fill();
  data.details(i).then((facts) => {
    if (!current()) return;
    if (facts.date) when.textContent = facts.date;
    const url = facts.url ? webLink(facts.url) : null;
    if (url) link.replaceChildren(sourceLink(url));
    if (facts.complete !== undefined && facts.complete !== null) {
      const words = facts.complete ? "The author list is complete." : "The author list is incomplete (et al.).";
      ties.querySelector(".authors")?.append(quiet(words));
    }
    if (facts.text) text.replaceChildren(...abstractOf(app, facts.text, []));
    if (paper) {
      told(data, i).then((all) => {
        if (!current() || !all.length) return;
        if (facts.text) { text.replaceChildren(...abstractOf(app, facts.text, all)); return; }
        const words = textOf(all);
        if (words) text.replaceChildren(section("Sentences of the abstract", null, ...abstractOf(app, words, all)), quiet("A page of this size keeps only these."));
      });
    }
  });
  const others = make("div", {});
  if (!paper) {
    // After the facts are seen: of a topic of many papers this is much to count.
    setTimeout(() => { if (current()) others.replaceChildren(...companionSections(app, i)); });
    sentencesOf(app, i).then((found) => {
      if (!current() || !found.length) return;
      const figure = ({ e, passage }) => make("li", {}, passageFigure(passage, goTo(app, data.source[e])));
      text.replaceChildren(section("Where it says so", null, growing(found, figure, { first: SENTENCES, step: 9, facts: { class: "said" } })));
    });
  }
  return [
    top, make("h2", { tabindex: "-1" }, data.labels[i] || data.keys[i]), link, absence(app, i), factList(app, i),
    tools.element, text, ties, others, reference(app, i),
  ];
};

// ---------------------------------------------------------------------------------------- an edge, a link

const ends = (app, a, b) => make("ul", { class: "ties ends" },
  make("li", {}, make("div", { class: "tie" }, goTo(app, a))), make("li", {}, make("div", { class: "tie" }, goTo(app, b))));

const edgeParts = (app, e, current) => {
  const { data } = app;
  const [a, b] = [data.source[e], data.target[e]];
  const evidence = make("div", {});
  passagesOf(data, e).then((parts) => { if (current()) evidence.replaceChildren(...parts); });
  return [
    make("p", { class: "eyebrow" }, `Edge · score ${(data.score[e] / 255).toFixed(2)}`),
    make("h2", { tabindex: "-1" }, capital(data.relations[data.relation[e]].label)),
    ends(app, a, b),
    section("Evidence", null, evidence),
    section("Refer to it", null, command(commandFor(data, e), "the command")),
  ];
};

/** A link that stands for papers in common. */
const linkParts = (app, a, b) => {
  const { data } = app;
  const papers = commonPapers(data, a, b);
  const people = isAuthor(data, a) && isAuthor(data, b);
  return [
    make("p", { class: "eyebrow" }, "Link"),
    make("h2", { tabindex: "-1" }, `${counted(papers.length, "paper", "papers")} ${people ? "written together" : "in common"}`),
    ends(app, a, b),
    section("Papers", papers.length, paperList(app, papers)),
    people ? quiet("Author lists that were cut (“et al.”) may hide more.") : null,
  ];
};

// ------------------------------------------------------------------------------------------------- mount

/** What the panel is about: a node, an edge, two nodes of a link, or nothing. */
const subject = ({ node, edge, pair }) => (node >= 0 ? `node ${node}` : edge >= 0 ? `edge ${edge}` : pair ? `pair ${pair}` : "");

/** Makes the details panel follow what is chosen. */
export const mountPanel = (app) => {
  const { data, store, scene, stage, actions } = app;
  const panel = $("about");
  let showing = "";
  let opener = null;
  let tools = null;

  const closer = () => button(() => actions.clear(), { class: "close", "aria-label": "Close the details" }, "×");
  const parts = () => {
    const { node, edge, pair } = store.state;
    const now = showing;
    const current = () => showing === now;
    tools = node >= 0 ? nodeTools(app, node) : null;
    if (node >= 0) return nodeParts(app, node, tools, current);
    return edge >= 0 ? edgeParts(app, edge, current) : linkParts(app, pair[0], pair[1]);
  };
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
    panel.replaceChildren(closer(), ...parts().filter(Boolean));
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
  // What a filter or another view changes: facts of the picture, without what was unfolded below.
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
