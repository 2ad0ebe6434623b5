// The list twin of the picture: the same nodes as text, by kind or community, and the links of the chosen one.
import { $, button, capital, counted, dot, grouped, growing, make, plain, say } from "./dom.js";
import { makeDrawer } from "./drawer.js";
import { namesOf } from "./search.js";
import { isPaper } from "./ties.js";
import { visit } from "./visit.js";

const PAGE = 100; // rows that are made at once
const OPENED = 40; // a group with no more matches than this is open while one filters
const LINKS = 8; // rows of the table at first

/** The groups of what is shown: `{key, title, kind, test}`, by kind or by community. */
const listGroups = ({ data, scene }, by) => {
  if (by === "community") {
    const named = scene.communities.map(({ label }, c) => ({ key: `community ${c}`, title: label, of: c }));
    return [...named, { key: "community none", title: "In no community", of: data.NOBODY }];
  }
  return data.kinds.map((kind, k) => ({ key: `kind ${kind.name}`, title: capital(kind.plural), kind, of: k }));
};

const rowFacts = (data, i) => {
  const year = isPaper(data, i) && data.year[i] ? `${data.year[i]} · ` : "";
  return `${year}${counted(data.degree[i], "edge", "edges")}`;
};

/** A table of the links that a node has in this view, the strongest first. */
const linkTable = (app, i) => {
  const { data, scene } = app;
  const near = scene.around(i).slice();
  const weigh = ({ link }) => (scene.links.weight ? scene.links.weight[link] : 0);
  near.sort((a, b) => weigh(b) - weigh(a) || a.node - b.node);
  const relation = ({ edge }) => {
    if (edge < 0 || edge >= data.m) return "papers in common";
    const { label } = data.relations[data.relation[edge]];
    return data.source[edge] === i ? `→ ${label}` : `← ${label}`;
  };
  const rows = near.map((each) => ({ ...each, said: relation(each) }));
  const way = (node) => button(
    () => visit(app, node), { class: "go", "data-node": String(node) }, make("span", {}, data.labels[node]),
  );
  const table = make("table", {},
    make("caption", {}, `${counted(near.length, "link", "links")} of ${data.labels[i]} in this view`),
    make("thead", {}, make("tr", {}, ...["Node", "Kind", "Link"].map((word) => make("th", { scope: "col" }, word)))));
  const body = growing(rows, ({ node, said }) => make("tr", {},
    make("th", { scope: "row" }, way(node)),
    make("td", {}, data.kinds[data.kind[node]].label),
    make("td", {}, said)), { first: LINKS, step: PAGE, tag: "tbody" });
  table.append(body.firstChild);
  return make("section", { class: "links", "aria-label": "Links of the chosen node" }, table, body.firstChild);
};

/** Makes the list, its button and the way to it for a keyboard. */
export const mountList = (app) => {
  const { data, store, scene } = app;
  const shownButton = $("show-list");
  const unfolded = new Set(); // groups that the reader has opened
  let [by, order, matches, stale] = ["kind", "degree", null, true];

  const filter = make("input", {
    type: "search", "aria-label": "Filter the list by name", placeholder: "Filter by name", autocomplete: "off",
    spellcheck: "false",
  });
  const choice = (label, options, run) => {
    const select = make("select", { "aria-label": label, on: { change: () => run(select.value) } },
      ...options.map(([value, words]) => make("option", { value }, words)));
    return select;
  };
  const regroup = (value) => { by = value; draw(); };
  const grouping = choice("Group by", [["kind", "By kind"], ["community", "By community"]], regroup);
  const sort = (value) => { order = value; draw(); };
  const sorting = choice("Order", [["degree", "Most edges"], ["name", "A to Z"]], sort);
  const count = make("p", { class: "quiet", role: "status" });
  const links = make("div", {});
  const holder = make("div", { class: "groups" });

  const listed = (i) => scene.shown[i] && (!matches || matches[i]);
  const groupOf = (i) => (by === "kind" ? data.kind[i] : scene.community[i]);
  const members = (group) => {
    const found = [];
    for (let i = 0; i < data.n; i += 1) if (listed(i) && groupOf(i) === group.of) found.push(i);
    if (order !== "name") return found; // nodes are numbered so
    const folded = new Map(found.map((i) => [i, plain(data.labels[i])]));
    return found.sort((a, b) => (folded.get(a) < folded.get(b) ? -1 : folded.get(a) > folded.get(b) ? 1 : a - b));
  };
  const row = (i) => make("li", {}, button(() => visit(app, i, { look: true }), { class: "go", "data-node": String(i) },
    by === "kind" ? null : dot(data.kinds[data.kind[i]]),
    make("span", {}, data.labels[i] || data.keys[i]), make("small", {}, rowFacts(data, i))));

  const fold = (group, size) => {
    const place = make("div", {});
    const open = matches ? size <= OPENED || unfolded.has(group.key) : unfolded.has(group.key);
    const fill = () => {
      if (!place.firstChild) place.append(growing(members(group), row, { first: PAGE, step: PAGE, tag: "ol" }));
    };
    const toggle = () => { if (folded.open) unfolded.add(group.key); else unfolded.delete(group.key); };
    // Filled by the click, not by the toggle that it leads to: the next Tab is to find what is in it.
    const line = make("summary", { on: { click: fill } }, group.kind ? dot(group.kind) : null,
      make("span", {}, group.title), make("small", {}, grouped(size)));
    const folded = make("details", { open, on: { toggle } }, line, place);
    if (open) fill();
    return folded;
  };

  const draw = () => {
    stale = false;
    const sizes = new Map();
    let [total, of] = [0, 0];
    for (let i = 0; i < data.n; i += 1) {
      if (scene.shown[i]) of += 1;
      if (!listed(i)) continue;
      total += 1;
      sizes.set(groupOf(i), (sizes.get(groupOf(i)) ?? 0) + 1);
    }
    const words = matches
      ? `${grouped(total)} of ${counted(of, "node", "nodes")} match`
      : `${grouped(of)} of ${counted(data.n, "node", "nodes")} are in the picture`;
    if (count.textContent !== words) count.textContent = words;
    const filled = listGroups(app, by).filter((group) => sizes.has(group.of));
    holder.replaceChildren(...filled.map((group) => fold(group, sizes.get(group.of))));
  };
  const drawLinks = () => {
    const { node } = store.state;
    links.replaceChildren(...(node >= 0 && scene.shown[node] ? [linkTable(app, node)] : []));
  };

  const drawer = makeDrawer($("list"), "List", {
    onOpen: () => { if (stale) draw(); drawLinks(); shownButton.setAttribute("aria-expanded", "true"); },
    onClose: () => shownButton.setAttribute("aria-expanded", "false"),
  });
  drawer.body.append(filter, make("div", { class: "choices" }, grouping, sorting), count, links, holder);

  let asked = 0;
  filter.addEventListener("input", async () => {
    asked += 1;
    const mine = asked;
    const text = filter.value.trim();
    const found = text ? await namesOf(app).search(text, () => mine !== asked, true) : null;
    if (mine !== asked) return;
    matches = found ? new Uint8Array(data.n) : null;
    for (const i of found?.all ?? []) matches[i] = 1;
    draw();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !filter.value) return;
    event.preventDefault();
    event.stopPropagation();
    filter.value = "";
    filter.dispatchEvent(new Event("input"));
  });
  scene.on(() => {
    stale ||= scene.changed?.shown !== false;
    if (drawer.isOpen && stale) { draw(); drawLinks(); }
  });
  store.on(({ node }, before) => { if (drawer.isOpen && node !== before.node) drawLinks(); });
  shownButton.addEventListener("click", drawer.toggle);
  $("skip").addEventListener("click", () => { drawer.open(); say("List of nodes"); });
};
