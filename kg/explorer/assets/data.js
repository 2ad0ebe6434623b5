// The data of the page: columns decoded at the start, details in shards on demand.
//
// Nodes are numbered by importance: 0 has the most edges. Edges go out from papers, sorted by source.

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i2: Int16Array, f4: Float32Array };
const SHARD = 256; // nodes a shard tells of
const PASSAGE = ["document", "line", "field", "start", "end", "before", "quote", "after", "by", "score"];
const NOBODY = 0xffff;

const unpacked = (bytes) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));

/** Returns what reads the data of a page by name: from its own elements, or from the server that it came from. */
const opened = () => {
  if (document.documentElement.dataset.source === "server") {
    return async (name) => (await fetch(`data/${name}`)).arrayBuffer();
  }
  return (name) => {
    const text = atob(document.getElementById(name).textContent);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return unpacked(bytes).arrayBuffer();
  };
};

/** Reads the columns: see `kg/explorer/columns.py`. */
const columns = (buffer) => {
  const size = new DataView(buffer).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  const arrays = {};
  for (const [name, [kind, at, length]] of Object.entries(told.arrays)) {
    arrays[name] = new TYPES[kind](buffer, 4 + size + at, length);
  }
  return { told, arrays };
};

const lines = (bytes, count) => (count ? new TextDecoder().decode(bytes).split("\n") : []);

/**
 * Loads the data of the page.
 *
 * `n` nodes with `kind year papers degree labels keys aliases`, `m` edges with `source target relation score position`;
 * the edges of node i, from either end, are `tie[first[i]] .. tie[first[i + 1] - 1]`. `views` have `nodes x y community`
 * arrays of their members. `details(i)` and `evidence(e)` are promises.
 */
export const load = async () => {
  const read = opened();
  const { told, arrays } = columns(await read("columns"));
  const { source, target } = arrays;
  const [n, m] = [told.nodes, told.edges];

  const degree = new Uint32Array(n);
  for (let e = 0; e < m; e += 1) { degree[source[e]] += 1; if (source[e] !== target[e]) degree[target[e]] += 1; }
  const first = new Uint32Array(n + 1);
  for (let i = 0; i < n; i += 1) first[i + 1] = first[i] + degree[i];
  const tie = new Uint32Array(first[n]);
  const next = first.slice();
  for (let e = 0; e < m; e += 1) {
    tie[next[source[e]]++] = e;
    if (source[e] !== target[e]) tie[next[target[e]]++] = e;
  }

  const views = told.views.map((view) => {
    const of = (name) => arrays[`${view.name}.${name}`];
    const [x0, y0, x1, y1] = view.box;
    const unit = (values, low, high) => Float32Array.from(values, (v) => low + (v / 0xffff) * (high - low));
    return { ...view, nodes: of("nodes"), x: unit(of("x"), x0, x1), y: unit(of("y"), y0, y1), community: of("community") };
  });

  const shards = new Map();
  const shard = (k) => {
    if (!shards.has(k)) shards.set(k, read(`details-${k}`).then((buffer) => JSON.parse(new TextDecoder().decode(buffer))));
    return shards.get(k);
  };
  const firstEdge = (i) => { // the first edge with a source of at least i
    let [low, high] = [0, m];
    while (low < high) { const middle = (low + high) >> 1; if (source[middle] < i) low = middle + 1; else high = middle; }
    return low;
  };

  const keys = lines(arrays.keys, n);
  let byKey = null;
  return {
    ...told, n, m, kinds: told.kinds, relations: told.relations, views, NOBODY,
    kind: arrays.kind, year: arrays.year, papers: arrays.papers, degree,
    source, target, relation: arrays.relation, score: arrays.score, position: arrays.position,
    first, tie, labels: lines(arrays.labels, n), keys, aliases: lines(arrays.aliases, n),
    other: (e, i) => (source[e] === i ? target[e] : source[e]),
    find: (key) => {
      byKey ??= new Map(keys.map((each, i) => [each, i]));
      return byKey.get(key) ?? -1;
    },
    details: async (i) => (await shard(Math.floor(i / SHARD))).nodes[i % SHARD],
    evidence: async (e) => {
      const k = Math.floor(source[e] / SHARD);
      const rows = (await shard(k)).edges[e - firstEdge(k * SHARD)];
      return rows.map((row) => Object.fromEntries(PASSAGE.map((name, at) => [name, row[at]])));
    },
  };
};
