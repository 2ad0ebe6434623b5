// The data of the page: columns decoded at the start, details in shards on demand.
//
// Nodes are numbered by importance: 0 has the most edges. Edges go out from papers, sorted by source. What each array holds
// is written in kg/explorer/picture.py and details.py. `read` and `ahead` are those of loader.js.
import { makeGroups, numbersOf } from "./groups.js";

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };
const NOBODY = 0xffff;
const NO_SCORE = -128;
const [TITLE, NAME, BARE, PIECE] = [1, 2, 3, 4]; // what the sentence of a passage is

/** Reads one array: see `kg/explorer/columns.py`. */
const numbers = (bytes, [type, steps, width, length]) => {
  const signed = type === "i4" || steps === 1;
  if (type === "u1" && !signed) return bytes.subarray(0, length);
  const found = new Uint32Array(length);
  for (let part = 0; part < width; part += 1) {
    for (let i = 0, at = part * length, by = 8 * part; i < length; i += 1) found[i] |= bytes[at + i] << by;
  }
  if (signed) for (let i = 0; i < length; i += 1) found[i] = (found[i] >>> 1) ^ -(found[i] & 1);
  if (steps) for (let i = 1; i < length; i += 1) found[i] += found[i - 1];
  return type === "u4" ? found : TYPES[type].from(found);
};

/** Returns what makes a value when it is first asked for. */
const lazy = (make) => {
  let made = null;
  return () => { made ??= make(); return made; };
};

/** Adds properties that are made when they are first asked for, and not for whoever only looks through the others. */
const withLazy = (object, makers) => {
  for (const [name, make] of Object.entries(makers)) Object.defineProperty(object, name, { get: lazy(make) });
  return object;
};

/** Reads a block of columns: `{ told, arrays }`, each array when it is first asked for. */
const columns = (buffer) => {
  const size = new DataView(buffer).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  const makers = {};
  let at = 4 + size;
  for (const [name, form] of Object.entries(told.arrays)) {
    const bytes = new Uint8Array(buffer, at, form[2] * form[3]);
    makers[name] = () => numbers(bytes, form);
    at += bytes.length;
  }
  return { told, arrays: withLazy({}, makers) };
};

const lines = (bytes) => new TextDecoder().decode(bytes).split("\n");

/** Returns where the parts begin that have these sizes, and where the last ends. */
const begins = (sizes) => {
  const found = new Uint32Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; i += 1) found[i + 1] = found[i] + sizes[i];
  return found;
};

/** Returns where each thing stands among all, group by group. */
const placesBy = (group, groups) => {
  const sizes = new Uint32Array(groups);
  for (const each of group) sizes[each] += 1;
  const next = begins(sizes);
  return Uint32Array.from(group, (each) => { next[each] += 1; return next[each] - 1; });
};

/** Returns the number of the last of ascending numbers that is not above a value. */
const lastUpTo = (ascending, value) => {
  let [low, high] = [0, ascending.length];
  while (low < high) { const middle = (low + high) >> 1; if (ascending[middle] <= value) low = middle + 1; else high = middle; }
  return low - 1;
};

// ---------------------------------------------------------------- nodes and edges

/** Returns the source of each edge: `out` says how many go out from each node. */
const sourcesOf = (out, m) => {
  const source = new Uint32Array(m);
  for (let i = 0, e = 0; e < m; i += 1) for (let k = out[i]; k > 0; k -= 1) { source[e] = i; e += 1; }
  return source;
};

/** Returns the edges of each node, from either end: those of i are `tie[first[i]] .. tie[first[i + 1] - 1]`. */
const tieIndex = (n, source, target) => {
  const degree = new Uint32Array(n);
  const m = source.length;
  for (let e = 0; e < m; e += 1) { degree[source[e]] += 1; if (source[e] !== target[e]) degree[target[e]] += 1; }
  const first = begins(degree);
  const tie = new Uint32Array(first[n]);
  const next = first.slice();
  for (let e = 0; e < m; e += 1) {
    tie[next[source[e]]] = e;
    next[source[e]] += 1;
    if (source[e] !== target[e]) { tie[next[target[e]]] = e; next[target[e]] += 1; }
  }
  return { degree, first, tie };
};

/** Returns how many papers each node is tied to: 1 for what edges go out from, else as many as they come from. */
const papersOfEach = (n, source, target, out, { papers, papersOf: unlike }) => {
  const found = new Uint32Array(n);
  const last = new Int32Array(n).fill(-1);
  for (let e = 0; e < source.length; e += 1) {
    const t = target[e];
    if (last[t] !== source[e]) { found[t] += 1; last[t] = source[e]; }
  }
  for (let i = 0; i < n; i += 1) if (out[i]) found[i] = 1;
  unlike.forEach((i, at) => { found[i] = papers[at]; });
  return found;
};

/** Returns how many papers of the graph cite each, null where no edge says so. */
const citedOf = (n, relations, { target, relation }) => {
  const wanted = relations.findIndex(({ predicate }) => predicate === "cito:cites");
  if (wanted < 0) return null;
  const found = new Uint32Array(n);
  for (let e = 0; e < target.length; e += 1) if (relation[e] === wanted) found[target[e]] += 1;
  return found;
};

/** Returns PageRanks as 0 to 65535 of the highest; they are told as 255 steps, each the same factor from the next. */
const ranksOf = (steps, factor) => {
  const scale = Uint16Array.from({ length: 256 }, (_, step) => Math.round(0xffff * factor ** (255 - step)));
  return Uint16Array.from(steps, (step) => scale[step]);
};

// ---------------------------------------------------------------- names

/** Returns labels by number; they are told kind by kind. */
const labelsOf = (bytes, kind, kinds) => {
  const told = lines(bytes);
  return Array.from(placesBy(kind, kinds), (at) => told[at]);
};

/** Writes A to Z small and leaves all else, as Python does it too. */
const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const usualKey = (kind, label) => `${kind}/${lower(label).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")}`;

const keysOf = (bytes, labels, kindOf) => lines(bytes).map((told, i) => {
  if (told[0] === "=") return told.slice(1);
  return usualKey(kindOf(i), labels[i]) + told.slice(1);
});

const aliasesOf = (n, bytes, nodes) => {
  const found = new Array(n).fill("");
  const told = nodes.length ? lines(bytes) : [];
  nodes.forEach((i, at) => { found[i] = told[at]; });
  return found;
};

// ---------------------------------------------------------------- views

/** Tells whether maps are to be mirrored at their diagonal to stand upright: they are wider than high, and some screens are not. */
const standsUpright = ([view]) => {
  const [x0, y0, x1, y1] = view?.box ?? [0, 0, 1, 1];
  return (innerHeight > innerWidth) !== (y1 - y0 > x1 - x0);
};

/** Returns a view mirrored at its diagonal. */
const mirrored = (view) => ({
  ...view, x: view.y, y: view.x, box: view.box.map((_, side) => view.box[side ^ 1]),
  regions: view.regions.map((region) => ({
    ...region, anchor: region.anchor.slice().reverse(), rings: region.rings.map((ring) => ring.map((_, at) => ring[at ^ 1])),
  })),
});

/** Returns a view that was laid out beforehand. */
const viewOf = (view, arrays, n, data) => {
  const { name, low, step } = view;
  const { out } = arrays;
  const nodes = arrays[`${name}.nodes`] ?? Uint32Array.from({ length: n }, (_, i) => i);
  /** Where all nodes are, what no edge goes out from is told by what it has more than its first paper. */
  const column = (what) => {
    const found = arrays[`${name}.${what}`];
    if (name !== "graph" || nodes.length < n) return found;
    const moved = new Uint8Array(n);
    for (let e = 0; e < data.m; e += 1) {
      const i = data.target[e];
      if (!out[i] && !moved[i]) { found[i] += found[data.source[e]]; moved[i] = 1; }
    }
    return found;
  };
  const community = column("community");
  const placed = (axis) => {
    const [cells, found] = [column("xy"[axis]), new Float32Array(nodes.length)];
    for (let at = 0; at < found.length; at += 1) found[at] = low[axis] + cells[at] * step;
    return found;
  };
  const leading = new Int32Array(view.communities.length).fill(-1);
  for (let at = 0; at < nodes.length; at += 1) if (leading[community[at]] === -1) leading[community[at]] = nodes[at];
  const steps = arrays[`${name}.rings`];
  let read = 0;
  const ring = (points) => {
    const found = new Array(2 * points);
    for (let at = 0, cell = [0, 0]; at < found.length; at += 1, read += 1) {
      cell[at & 1] += steps[read];
      found[at] = low[at & 1] + cell[at & 1] * step;
    }
    return found;
  };
  return {
    ...view, nodes, community, x: placed(0), y: placed(1),
    communities: view.communities.map(([size, label], c) => ({ label: label ?? data.labels[leading[c]] ?? "", nodes: size })),
    regions: view.regions.map((region) => ({
      ...region, rings: region.rings.map(ring),
      anchor: region.anchor.map((cell, axis) => low[axis] + cell * step),
    })),
  };
};

// ---------------------------------------------------------------- details

/** Returns the shard that begins with a node and an edge: `node(i)` and `edge(e)` tell what it knows. */
const shardOf = (buffer, start, firstEdge, data) => {
  const { told, arrays } = columns(buffer);
  const text = new TextDecoder().decode(arrays.text);
  const [dates, links] = [lines(arrays.dates), lines(arrays.links)];
  const [region, piece, passage, run] = [arrays.region, arrays.pieces, arrays.passages, arrays.length].map(begins);
  const relation = new Uint32Array(passage.at(-1)); // of the edge of each passage
  for (let at = 0; at + 1 < passage.length; at += 1) relation.fill(data.relation[firstEdge + at], passage[at], passage[at + 1]);
  const places = placesBy(relation, data.relations.length);
  const byRelation = (told) => Array.from(places, (at) => told[at]);
  const [ofs, fields, rules] = [arrays.of, arrays.field, arrays.rule].map(byRelation);
  const [scores, spans] = [arrays.score, arrays.span].map(byRelation);
  const kept = begins(Uint8Array.from(ofs, (of) => (of !== 0 && of !== BARE ? 1 : 0)));
  const number = (value) => (value === -1 ? null : value);

  const address = (i, link) => {
    if (link !== "=") return link;
    const [, scheme, name] = /^[^/]*\/([^-]*)-(.*)$/s.exec(data.keys[i]);
    return data.links[scheme].join(name);
  };
  const node = (i) => {
    const at = i - start;
    const facts = {};
    if (dates[at]) facts.date = dates[at];
    if (links[at]) facts.url = address(i, links[at]);
    if (arrays.abstract[at]) facts.text = text.slice(region[at], region[at] + arrays.abstract[at]);
    if (arrays.complete[at]) facts.complete = arrays.complete[at] === 1;
    return facts;
  };
  const sentence = (of, i, target) => {
    if (of === TITLE) return data.labels[i];
    if (of === NAME) return data.labels[target];
    const p = piece[i - start] + of - PIECE;
    const from = run[p] + arrays.gap[p];
    return text.slice(from, from + arrays.length[p]);
  };
  const words = (p, i, target) => {
    const of = ofs[p];
    if (of === BARE) return { before: null, quote: data.labels[target], after: null };
    if (of === 0) return { before: null, quote: null, after: null };
    const said = sentence(of, i, target);
    const from = arrays.before[kept[p]] + Math.max(0, lower(said).indexOf(lower(data.labels[target])));
    const to = from + data.labels[target].length + arrays.longer[kept[p]];
    const around = (part) => (data.withText ? part : null);
    return { before: around(said.slice(0, from)), quote: said.slice(from, to), after: around(said.slice(to)) };
  };
  const edge = (e) => {
    const [i, target] = [data.source[e], data.target[e]];
    const found = [];
    for (let p = passage[e - firstEdge]; p < passage[e - firstEdge + 1]; p += 1) {
      const from = number(arrays.start[p]);
      found.push({
        document: told.documents[arrays.document[p]], line: number(arrays.line[p]), field: data.fields[fields[p]], start: from,
        end: spans[p] ? from + spans[p] - 1 : null, ...words(p, i, target), by: data.rules[rules[p]],
        score: scores[p] === NO_SCORE ? null : (scores[p] + Math.round(data.score[e] / 2.55)) / 100,
      });
    }
    return found;
  };
  return { node, edge };
};

/**
 * Loads the data of the page.
 *
 * `n` nodes with `kind year papers degree cited rank labels keys aliases`, `m` edges with `source target relation score
 * position`; the edges of node i, from either end, are `tie[first[i]] .. tie[first[i + 1] - 1]`. `view(name)` has `nodes x y
 * community` arrays of its members, null if it was not laid out beforehand; `turned` says that its x and y are exchanged, `turn()`
 * whether that has changed with the shape of the window, and `unturned([x, y])` gives one for the other.
 * `details(i)` and `evidence(e)` are promises. Of a passage whose sentence the page does not keep, `before` and `after` are null,
 * and often `quote`; `passages` and `sentences` count both. `notes` say in words what is left out. `numbers` and `groups` are
 * what facts tell of nodes: see groups.js.
 */
export const load = async () => {
  const [{ told, arrays }, names] = (await Promise.all(ahead)).map(columns);
  const { nodes: n, edges: m } = told;
  const { target, relation, out } = arrays;
  const source = sourcesOf(out, m);
  const { degree, first, tie } = tieIndex(n, source, target);
  const outFirst = begins(out);

  const byKey = lazy(() => new Map(data.keys.map((key, i) => [key, i])));
  const shards = new Map();
  const shardWith = (i) => {
    const k = lastUpTo(told.starts, i);
    if (!shards.has(k)) {
      const start = told.starts[k];
      shards.set(k, read(`details-${k}`).then((buffer) => shardOf(buffer, start, outFirst[start], data)));
    }
    return shards.get(k);
  };

  const data = {
    ...told, n, m, NOBODY, turned: standsUpright(told.views),
    kind: arrays.kind, year: arrays.year, degree, source, target, relation,
    score: arrays.score.map((hundredths) => Math.round(hundredths * 2.55)),
    properties: told.properties.map((each) => withLazy({ ...each }, { column: () => arrays[`of.${each.name}`] })),
    first, tie,
    view: (name) => {
      const view = views.get(name)?.() ?? null;
      return view && data.turned ? mirrored(view) : view;
    },
    turn: () => data.turned !== (data.turned = standsUpright(told.views)),
    unturned: ([x, y]) => (data.turned ? [y, x] : [x, y]),
    other: (e, i) => (source[e] === i ? target[e] : source[e]),
    find: (key) => byKey().get(key) ?? -1,
    details: async (i) => (await shardWith(i)).node(i),
    evidence: async (e) => (await shardWith(source[e])).edge(e),
  };
  const views = new Map(told.views.map((view) => [view.name, lazy(() => viewOf(view, arrays, n, data))]));
  const cited = citedOf(n, told.relations, { target, relation });
  if (cited) data.cited = cited;
  return withLazy(data, {
    labels: () => labelsOf(names.arrays.labels, arrays.kind, told.kinds.length),
    keys: () => (n ? keysOf(names.arrays.keys, data.labels, (i) => told.kinds[arrays.kind[i]].name) : []),
    aliases: () => aliasesOf(n, names.arrays.aliases, names.arrays.aliasesOf),
    papers: () => papersOfEach(n, source, target, out, arrays), rank: () => ranksOf(arrays.rank, told.rank),
    position: () => arrays.position, numbers: () => numbersOf(data), groups: () => makeGroups(data),
  });
};
