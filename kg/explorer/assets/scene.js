// What is to be seen: which nodes and links of the view, where they stand, and how they look.
import { authorsOf } from "./networks.js";
import { counting } from "./networks.js";
import { datedOf } from "./networks.js";
import { edgesAmong } from "./networks.js";
import { fewOf } from "./networks.js";
import { leading } from "./networks.js";
import { rolesOf } from "./networks.js";
import { thingsOf } from "./networks.js";
import { tiesOf } from "./networks.js";
import { together } from "./networks.js";
import { NOT_ONE_EDGE } from "./networks.js";
import { near } from "./walk.js";
import { reached } from "./walk.js";
import { shortestPath } from "./walk.js";
import { makeFilters } from "./passing.js";
import { makeLooks } from "./looks.js";
import { huesOf } from "./looks.js";
import { noteOf } from "./notes.js";
import { columnsOf } from "./arrange.js";
import { egoPlaces } from "./arrange.js";
import { timelineOf } from "./arrange.js";

const VIEW_LABELS = {
  graph: "Everything", coauthors: "Co-authorship", topics: "Topic map", timeline: "Timeline", bipartite: "Authors and topics",
};
const MOST_IN_COLUMN = 60;
const MOST_ARRANGED = 400; // a neighbourhood of more nodes keeps the places of the map
const EMPTY = Object.freeze([]);

/** Returns the box around the nodes that stand somewhere and that `takes` names. */
const boxAround = (nodes, x, y) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of nodes) {
    if (Number.isNaN(x[i])) continue;
    if (x[i] < box[0]) box[0] = x[i];
    if (y[i] < box[1]) box[1] = y[i];
    if (x[i] > box[2]) box[2] = x[i];
    if (y[i] > box[3]) box[3] = y[i];
  }
  return box[0] <= box[2] ? box : [-100, -100, 100, 100];
};

/** Derives from data and state what is shown. */
export const makeScene = ({ data, store }) => {
  const { n } = data;
  const roles = rolesOf(data);
  const ties = tiesOf(data, roles);
  const pass = makeFilters(data, roles, ties);
  const looks = makeLooks(data);
  const listeners = [];
  const nowhere = () => new Float32Array(n).fill(NaN);
  const [shown, tints] = [new Uint8Array(n), new Uint8Array(n)];
  const [radii, baseRadii] = [new Float32Array(n), new Float32Array(n)];
  looks.swell("degree", baseRadii);

  // ---------------------------------------------------------------- views

  const prepared = (name) => data.views.find((view) => view.name === name);
  const map = (() => {
    const found = { x: nowhere(), y: nowhere(), community: new Uint16Array(n).fill(data.NOBODY) };
    const view = prepared("graph") ?? data.views[0];
    view?.nodes.forEach((i, at) => { found.x[i] = view.x[at]; found.y[i] = view.y[at]; found.community[i] = view.community[at]; });
    return { ...found, communities: view?.communities ?? EMPTY, regions: view?.regions ?? EMPTY, box: view?.box };
  })();

  /** Adds to each community where it is and its hue. */
  const coloured = (members, places) => {
    const sums = places.communities.map(() => [0, 0, 0]);
    for (const i of members) {
      const sum = sums[places.community[i]];
      if (sum && !Number.isNaN(places.x[i])) { sum[0] += places.x[i]; sum[1] += places.y[i]; sum[2] += 1; }
    }
    const anchors = sums.map(([x, y, count], c) => (
      places.regions.find((region) => region.community === c)?.anchor ?? [x / Math.max(count, 1), y / Math.max(count, 1)]
    ));
    const hues = huesOf(anchors);
    return places.communities.map((each, c) => ({ ...each, colour: hues[c], anchor: anchors[c] }));
  };

  /** Returns where the members of a view stand that Python laid out, or on the map of all if it did not. */
  const standing = (name, members) => {
    const view = prepared(name);
    const places = { x: nowhere(), y: nowhere(), community: new Uint16Array(n).fill(data.NOBODY) };
    if (view) {
      view.nodes.forEach((i, at) => { places.x[i] = view.x[at]; places.y[i] = view.y[at]; places.community[i] = view.community[at]; });
      return { ...places, communities: view.communities, regions: view.regions ?? EMPTY, box: view.box };
    }
    for (const i of members) { places.x[i] = map.x[i]; places.y[i] = map.y[i]; places.community[i] = map.community[i]; }
    return { ...places, communities: map.communities, regions: EMPTY, box: boxAround(members, places.x, places.y) };
  };

  const makers = {
    graph: () => { const members = counting(n); return { net: edgesAmong(data, members), ...standing("graph", members) }; },
    coauthors: () => {
      const members = authorsOf(data, roles);
      return { net: together(data, ties, members, { counts: (t) => ties.creates[t] === 1 }), ...standing("coauthors", members) };
    },
    topics: () => {
      const members = thingsOf(data, roles);
      return { net: together(data, ties, members), few: fewOf(data, roles, members), ...standing("topics", members) };
    },
    timeline: () => {
      const members = datedOf(data, roles);
      const few = fewOf(data, roles, thingsOf(data, roles));
      return { net: edgesAmong(data, members), few, ...timelineOf(data, members, map, baseRadii) };
    },
    bipartite: ({ counts, wanted }) => {
      const { left, right } = leading(data, roles, ties, { most: MOST_IN_COLUMN, counts, wanted });
      const onLeft = new Uint8Array(n);
      for (const i of left) onLeft[i] = 1;
      const net = together(data, ties, Uint32Array.from([...left, ...right]).sort(), { opposite: (a, b) => onLeft[a] !== onLeft[b] });
      return { net, sides: [left.length, right.length], ...columnsOf(data, left, right, net, map, baseRadii) };
    },
  };

  const has = (test) => { for (let i = 0; i < n; i += 1) if (test(i)) return true; return false; };
  const authors = has((i) => roles.author[data.kind[i]] === 1);
  const things = has((i) => roles.thing[data.kind[i]] === 1);
  const kept = {
    graph: true, coauthors: authors, topics: things, timeline: has((i) => data.kind[i] === roles.paper && data.year[i] > 0),
    bipartite: authors && things,
  };
  const made = new Map();
  const viewOf = (name, key = name, facts = undefined) => {
    if (!made.has(key)) {
      const parts = makers[name](facts);
      const { net } = parts;
      const communities = coloured(net.members, parts);
      made.set(key, {
        axis: EMPTY, lanes: EMPTY, ...parts, name, label: VIEW_LABELS[name], key, communities, isMember: net.isMember,
        links: { from: net.from, to: net.to, weight: net.weight.slice(), edge: net.edge }, visible: new Uint8Array(net.count),
        passes: new Uint8Array(net.count),
      });
      if (key !== name) for (const old of Array.from(made.keys()).filter((each) => each.startsWith(`${name} `) && each !== key)) made.delete(old);
    }
    return made.get(key);
  };

  /** Authors and topics are chosen anew for a neighbourhood, a topic or hidden kinds; not while a slider moves. */
  const currentView = (state) => {
    if (state.view !== "bipartite" || !kept.bipartite) return viewOf(kept[state.view] ? state.view : "graph");
    const wanted = [...(state.ego?.nodes ?? []), ...state.expanded, ...(state.topic >= 0 ? [state.topic] : [])];
    const around = [...(state.ego?.nodes ?? []), ...state.expanded];
    const paper = new Uint8Array(n).fill(around.length ? 0 : 1);
    for (const i of around) {
      paper[i] = 1;
      for (let k = data.first[i]; k < data.first[i + 1]; k += 1) paper[data.other(data.tie[k], i)] = 1;
    }
    const topical = state.topic >= 0 ? new Uint8Array(n) : null;
    for (let k = topical ? data.first[state.topic] : 0; topical && k < data.first[state.topic + 1]; k += 1) topical[data.other(data.tie[k], state.topic)] = 1;
    const hides = new Set(state.hiddenKinds);
    const counts = (t) => paper[ties.paper[t]] && (!topical || topical[ties.paper[t]]) && !hides.has(data.kind[ties.node[t]]);
    const key = JSON.stringify([around, state.topic, state.hiddenKinds]);
    return viewOf("bipartite", `bipartite ${key}`, { counts, wanted });
  };

  // ---------------------------------------------------------------- what is shown

  /** Marks the links that pass, and counts the papers behind each anew. */
  const weigh = (view, passing) => {
    const { net, passes, links } = view;
    if (!net.begin) {
      for (let l = 0; l < net.count; l += 1) passes[l] = passing.edges[net.edge[l]];
      return;
    }
    for (let l = 0; l < net.count; l += 1) {
      let weight = 0;
      for (let k = net.begin[l]; k < net.begin[l + 1]; k += 1) weight += passing.ties[net.one[k]] & passing.ties[net.other[k]];
      links.weight[l] = weight;
      passes[l] = weight ? 1 : 0;
    }
  };

  const egoOf = (state, view) => {
    const nodes = state.ego ? state.ego.nodes.filter((i) => view.isMember[i]) : EMPTY;
    return nodes.length ? { nodes, depth: state.ego.depth, expanded: state.expanded.filter((i) => view.isMember[i]) } : null;
  };

  /** Returns flags of what is near to the nodes of an ego view, or to those that were expanded. */
  const within = (view, ego, nodes, links) => {
    const flags = new Uint8Array(n);
    const mark = (starts, depth) => {
      const steps = near(view.net, starts, depth, nodes, links);
      for (const i of view.net.members) if (reached(steps, i)) flags[i] = 1;
    };
    mark(ego.nodes, ego.depth);
    for (const i of ego.expanded) if (flags[i]) mark([i], 1);
    return flags;
  };

  const show = (state, view, passing, ego) => {
    const flags = ego ? within(view, ego, passing.nodes, view.passes) : null;
    const hides = Uint8Array.from(data.kinds, (_, k) => (state.hiddenKinds.includes(k) ? 1 : 0));
    shown.fill(0);
    for (const i of view.net.members) {
      const inside = flags ? flags[i] : passing.nodes[i];
      shown[i] = inside && !hides[data.kind[i]] && (state.community < 0 || view.community[i] === state.community) ? 1 : 0;
    }
    if (ego) for (const i of ego.nodes) shown[i] = 1;
    for (const i of state.hidden) shown[i] = 0;
    const { net, visible, passes } = view;
    for (let l = 0; l < net.count; l += 1) visible[l] = passes[l] & shown[net.from[l]] & shown[net.to[l]];
  };

  // ---------------------------------------------------------------- where it stands

  let arranged = { key: "", x: null, y: null, count: 0 };
  /** Returns the places of an ego view: a picture of its own if it is small. It stays while filters change. */
  const arrangedFor = (view, ego) => {
    const key = JSON.stringify([view.key, ego.nodes, ego.depth, ego.expanded]);
    if (arranged.key !== key) {
      const flags = within(view, ego, null, null);
      const count = flags.reduce((sum, flag) => sum + flag, 0);
      const free = !view.axis.length && count <= MOST_ARRANGED;
      arranged = { key, count, places: free ? egoPlaces(data, view, ego, baseRadii) : null };
    }
    return arranged;
  };

  const scene = {
    x: nowhere(), y: nowhere(), shown, radii, tints, views: [], colours: looks.colours, sizes: looks.sizes, hues: looks.hues, NOT_ONE_EDGE,
    on: (run) => { listeners.push(run); },
  };

  const place = (state, view, ego) => {
    const own = ego ? arrangedFor(view, ego).places : null;
    scene.x.set(own ? own.x : view.x);
    scene.y.set(own ? own.y : view.y);
    for (const [i, x, y] of state.pinned) if (!Number.isNaN(scene.x[i])) { scene.x[i] = x; scene.y[i] = y; }
    scene.ownPicture = own !== null;
    scene.regions = own ? EMPTY : view.regions;
    scene.axis = own ? EMPTY : view.axis;
    scene.lanes = own ? EMPTY : view.lanes;
  };

  const countShown = (view) => {
    let [nodes, links] = [0, 0];
    for (const i of view.net.members) nodes += shown[i];
    for (let l = 0; l < view.net.count; l += 1) links += view.visible[l];
    return { nodes, of: view.net.members.length, links, linksOf: view.net.count };
  };

  // ---------------------------------------------------------------- all of it

  const SHOWS = [
    "view", "hiddenKinds", "hiddenRelations", "years", "undated", "score", "topic", "community", "ego", "expanded", "hidden",
  ];
  const compose = (state, before) => {
    const changes = (names) => !before || names.some((name) => state[name] !== before[name]);
    const moved = { view: false, places: false, shown: false, look: false, path: false };
    if (changes(SHOWS)) {
      const view = currentView(state);
      moved.view = view !== scene.view;
      scene.view = view;
      scene.community = view.community;
      scene.communities = view.communities;
      scene.links = view.links;
      scene.linkVisible = view.visible;
      const passing = pass(state);
      weigh(view, passing);
      const ego = egoOf(state, view);
      scene.ego = ego;
      show(state, view, passing, ego);
      moved.shown = true;
      scene.counts = countShown(view);
    }
    if (moved.view || changes(["ego", "expanded", "pinned"])) { place(state, scene.view, scene.ego); moved.places = true; }
    if (changes(["ego", "expanded", "hidden"]) || moved.view) {
      const members = scene.view.net.members;
      scene.box = scene.ownPicture || scene.ego ? boxAround(members.filter((i) => shown[i]), scene.x, scene.y) : scene.view.box;
    }
    if (moved.view || changes(["colour", "size"])) {
      scene.palette = looks.paint(state.colour, scene.view, tints);
      looks.swell(state.size, radii);
      moved.look = true;
    }
    if (moved.shown || changes(["path"])) {
      const found = state.path ? shortestPath(scene.view.net, state.path[0], state.path[1], shown, scene.linkVisible) : null;
      moved.path = !sameNodes(found, scene.path);
      scene.path = found;
    }
    if (moved.shown || moved.path || moved.view) {
      scene.note = noteOf({ data, state, scene, arranged: scene.ego ? arranged : null });
    }
    scene.changed = moved;
    for (const run of listeners) run(scene);
  };

  scene.linkShown = (l) => scene.linkVisible[l] === 1;
  scene.radius = (i) => radii[i];
  scene.tint = (i) => tints[i];
  scene.colour = (i) => scene.palette[tints[i]].light;
  scene.legendOf = (name = store.state.colour) => looks.legend(name, scene.view, shown, store.state.hiddenKinds);
  scene.memberOf = (name, i) => (name === "bipartite" ? true : viewOf(name).isMember[i] === 1);
  /** Returns the visible links of a node and the nodes at their other ends, most important first. */
  scene.around = (i) => {
    const { net } = scene.view;
    const found = [];
    for (let k = net.first[i]; k < net.first[i + 1]; k += 1) {
      const l = net.link[k];
      if (scene.linkVisible[l]) found.push({ node: net.from[l] === i ? net.to[l] : net.from[l], link: l, edge: net.edge[l] });
    }
    return found;
  };
  /** Returns the shortest path in what is shown, as nodes, or null. */
  scene.pathBetween = (from, to) => shortestPath(scene.view.net, from, to, shown, scene.linkVisible);
  /** Returns how many nodes of the view are so near to some. */
  scene.nearTo = (nodes, depth) => {
    const flags = within(scene.view, { nodes, depth, expanded: [] }, null, null);
    return scene.view.net.members.filter((i) => flags[i]);
  };

  scene.views = Object.entries(VIEW_LABELS).filter(([name]) => kept[name]).map(([name, label]) => ({ name, label }));
  store.on(compose);
  compose(store.state, null);
  return scene;
};

const sameNodes = (a, b) => a === b || (a && b && a.length === b.length && a.every((i, at) => i === b[at]));
