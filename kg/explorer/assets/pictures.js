// The views: who stands in each, what ties them, and where they stand.
import { authorsOf, counting, datedOf, edgesAmong, fewOf, leading, thingsOf, together } from "./networks.js";
import { huesOf } from "./looks.js";
import { columnsOf, timelineOf } from "./arrange.js";

const VIEW_LABELS = {
  graph: "Everything", coauthors: "Co-authorship", topics: "Topic map", timeline: "Timeline", bipartite: "Authors and topics",
};
const MOST_IN_COLUMN = 40; // with room for the name of each
const EMPTY = Object.freeze([]);

/** Returns the box around those of some nodes that stand somewhere. */
export const boxAround = (nodes, x, y) => {
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

/** Adds to each community where it is, and its hue. */
const coloured = (members, { communities, community, regions, x, y }) => {
  const sums = communities.map(() => [0, 0, 0]);
  for (const i of members) {
    const sum = sums[community[i]];
    if (sum && !Number.isNaN(x[i])) { sum[0] += x[i]; sum[1] += y[i]; sum[2] += 1; }
  }
  const known = new Map(regions.map((region) => [region.community, region.anchor]));
  const mean = ([across, down, nodes]) => [across / Math.max(nodes, 1), down / Math.max(nodes, 1)];
  const anchors = sums.map((sum, c) => known.get(c) ?? mean(sum));
  const hues = huesOf(anchors);
  return communities.map((each, c) => ({ ...each, colour: hues[c], anchor: anchors[c] }));
};

/** Returns which views have something to show. */
const offered = (data, roles) => {
  const counts = { authors: 0, things: 0, tiedAuthors: 0, tiedThings: 0, dated: 0 };
  for (let i = 0; i < data.n; i += 1) {
    const tied = data.degree[i] > 0 ? 1 : 0;
    counts.authors += roles.author[data.kind[i]];
    counts.things += roles.thing[data.kind[i]];
    counts.tiedAuthors += roles.author[data.kind[i]] & tied;
    counts.tiedThings += roles.thing[data.kind[i]] & tied;
    counts.dated += data.kind[i] === roles.paper && data.year[i] > 0 ? 1 : 0;
  }
  return {
    graph: true, coauthors: counts.authors > 1, topics: counts.things > 1, timeline: counts.dated > 0,
    bipartite: counts.tiedAuthors > 0 && counts.tiedThings > 0,
  };
};

/** Returns flags of the nodes that are tied to some, these included. */
const besides = (data, nodes) => {
  const flags = new Uint8Array(data.n);
  for (const i of nodes) {
    flags[i] = 1;
    for (let k = data.first[i]; k < data.first[i + 1]; k += 1) flags[data.other(data.tie[k], i)] = 1;
  }
  return flags;
};

/**
 * Makes the views, each when it is first asked for. A view has a network `net` (see networks.js), places `x y`, `communities`
 * and `community` of each node, `regions axis lanes box`, and `links visible passes`, which the scene writes anew.
 */
export const makePictures = ({ data, roles, ties, radii }) => {
  const offers = offered(data, roles);
  const made = new Map();

  /** Returns where the nodes of a view stand that Python laid out; null if it did not. */
  const prepared = (name) => {
    const view = data.view(name);
    if (!view) return null;
    const [x, y] = [new Float32Array(data.n).fill(NaN), new Float32Array(data.n).fill(NaN)];
    const community = new Uint16Array(data.n).fill(data.NOBODY);
    const { nodes } = view;
    for (let at = 0; at < nodes.length; at += 1) {
      x[nodes[at]] = view.x[at];
      y[nodes[at]] = view.y[at];
      community[nodes[at]] = view.community[at];
    }
    return { x, y, community, communities: view.communities, regions: view.regions ?? EMPTY, box: view.box };
  };
  const nowhere = () => ({
    x: new Float32Array(data.n).fill(NaN), y: new Float32Array(data.n).fill(NaN),
    community: new Uint16Array(data.n).fill(data.NOBODY), communities: EMPTY, regions: EMPTY, box: [-100, -100, 100, 100],
  });
  let map = prepared("graph") ?? nowhere();
  const standing = (name, members) => {
    const places = name === "graph" ? map : prepared(name);
    return places ?? { ...map, regions: EMPTY, box: boxAround(members, map.x, map.y) };
  };

  const makers = {
    graph: () => {
      const members = counting(data.n);
      return { net: edgesAmong(data, members), ...standing("graph", members) };
    },
    coauthors: () => {
      const members = authorsOf(data, roles);
      const counts = (t) => ties.creates[t] === 1;
      return { net: together(data, ties, members, { counts }), ...standing("coauthors", members) };
    },
    topics: () => {
      const members = thingsOf(data, roles);
      return { net: together(data, ties, members), few: fewOf(data, roles, members), ...standing("topics", members) };
    },
    timeline: () => {
      const members = datedOf(data, roles);
      const few = fewOf(data, roles, thingsOf(data, roles));
      return { net: edgesAmong(data, members), few, ...timelineOf(data, members, map, radii) };
    },
    bipartite: ({ counts, wanted }) => {
      const { left, right } = leading(data, roles, ties, { most: MOST_IN_COLUMN, counts, wanted });
      const onLeft = new Uint8Array(data.n);
      for (const i of left) onLeft[i] = 1;
      const members = Uint32Array.from(new Set([...left, ...right])).sort();
      const net = together(data, ties, members, { opposite: (a, b) => onLeft[a] !== onLeft[b] });
      return { net, sides: [left.length, right.length], ...columnsOf(data, left, right, net, map, radii) };
    },
  };

  const viewOf = (name, key = name, facts = undefined) => {
    if (!made.has(key)) {
      const parts = makers[name](facts);
      const { net } = parts;
      // Of views that depend on what was chosen, only the last is kept.
      if (key !== name) for (const old of Array.from(made.keys())) if (old.startsWith(`${name} `)) made.delete(old);
      made.set(key, {
        axis: EMPTY, lanes: EMPTY, ...parts, name, label: VIEW_LABELS[name], key, communities: coloured(net.members, parts),
        isMember: net.isMember, links: { from: net.from, to: net.to, weight: net.weight.slice(), edge: net.edge },
        visible: new Uint8Array(net.count), passes: new Uint8Array(net.count),
      });
    }
    return made.get(key);
  };

  /** Authors and topics are chosen anew for a neighbourhood, a topic or hidden kinds; not while a slider moves. */
  const leadingView = ({ ego, expanded, topic, hiddenKinds }) => {
    const around = ego ? [...ego.nodes, ...expanded] : EMPTY;
    const near = around.length ? besides(data, around) : null;
    const topical = topic >= 0 ? besides(data, [topic]) : null;
    const counts = (t) => {
      const paper = ties.paper[t];
      return (!near || near[paper]) && (!topical || topical[paper]) && !hiddenKinds.includes(data.kind[ties.node[t]]);
    };
    const key = `bipartite ${JSON.stringify([around, topic, hiddenKinds])}`;
    return viewOf("bipartite", key, { counts, wanted: topic >= 0 ? [...around, topic] : around });
  };

  return {
    list: Object.entries(VIEW_LABELS).filter(([name]) => offers[name]).map(([name, label]) => ({ name, label })),
    /** Returns the view of a state; the whole graph where that view has nothing to show. */
    of: (state) => {
      if (offers[state.view] !== true) return viewOf("graph");
      return state.view === "bipartite" ? leadingView(state) : viewOf(state.view);
    },
    /** Forgets where all stood: it is asked for anew. */
    forget: () => { made.clear(); map = prepared("graph") ?? nowhere(); },
    /** Tells whether a node may stand in a view. */
    memberOf: (name, i) => (name === "bipartite"
      ? (roles.author[data.kind[i]] | roles.thing[data.kind[i]]) === 1 : viewOf(name).isMember[i] === 1),
  };
};
