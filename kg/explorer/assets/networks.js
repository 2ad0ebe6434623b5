// The network of each view: what ties its nodes. Made from the edges of the data when first asked for.

/** Marks a link that stands for papers in common, not for one edge. */
export const NOT_ONE_EDGE = 0xffffffff;

const AUTHOR_KINDS = ["person", "ambiguous"];
const NO_THING_KINDS = [...AUTHOR_KINDS, "group", "organization", "paper"];
const CREATOR = "dcterms:creator";
const MOST_TOGETHER = 100; // a paper of more authors, or with more things, ties none of them: such a pair says little
const MOST_THINGS = 4000; // without a prepared view of topics

const numbersOf = (list, test) => list.flatMap((each, at) => (test(each) ? [at] : []));

/** Tells which kinds of nodes and relations play which part: `paper` (a kind, -1 if none), `author thing creator` as flags. */
export const rolesOf = (data) => {
  const flags = (list, test) => Uint8Array.from(list, (each) => (test(each) ? 1 : 0));
  return {
    paper: data.kinds.findIndex((kind) => kind.name === "paper"),
    author: flags(data.kinds, (kind) => AUTHOR_KINDS.includes(kind.name)),
    thing: flags(data.kinds, (kind) => !NO_THING_KINDS.includes(kind.name)),
    creator: flags(data.relations, (relation) => relation.predicate === CREATOR),
  };
};

/**
 * Lists who is in which paper, each pair once however many edges it has: `paper node` of each tie, those of a paper side by
 * side, and `tie` of each edge (NOT_ONE_EDGE where its source is no paper).
 */
export const tiesOf = (data, roles) => {
  const { m, source, target, kind } = data;
  const tie = new Uint32Array(m).fill(NOT_ONE_EDGE);
  const [paper, node] = [new Uint32Array(m), new Uint32Array(m)];
  const creates = new Uint8Array(m);
  const known = new Int32Array(data.n).fill(-1); // the last tie of each node
  let [count, begin] = [0, 0];
  for (let e = 0; e < m; e += 1) {
    const from = source[e];
    const to = target[e];
    if (kind[from] !== roles.paper) continue;
    if (count && paper[count - 1] !== from) begin = count;
    if (known[to] < begin) {
      paper[count] = from;
      node[count] = to;
      known[to] = count;
      count += 1;
    }
    tie[e] = known[to];
    creates[tie[e]] |= roles.creator[data.relation[e]];
  }
  return { count, paper: paper.subarray(0, count), node: node.subarray(0, count), creates, tie };
};

/** Returns for each of `count` buckets where its items begin, and the items in the order of their buckets (a counting sort). */
const bucketed = (count, bucket) => {
  const first = new Uint32Array(count + 1);
  for (let at = 0; at < bucket.length; at += 1) first[bucket[at] + 1] += 1;
  for (let each = 0; each < count; each += 1) first[each + 1] += first[each];
  const items = new Uint32Array(bucket.length);
  const next = first.slice();
  for (let at = 0; at < bucket.length; at += 1) items[next[bucket[at]]++] = at;
  return { first, items };
};

/**
 * Returns a network: `members` (ascending), `isMember`, the links `from to weight edge`, and `first link`: the links of node i,
 * most important first, are `link[first[i]] .. link[first[i + 1] - 1]`.
 */
const network = (n, members, from, to, weight, edge, more = {}) => {
  const isMember = new Uint8Array(n);
  for (const i of members) isMember[i] = 1;
  const first = new Uint32Array(n + 1);
  const count = from.length;
  for (let l = 0; l < count; l += 1) { first[from[l] + 1] += 1; if (to[l] !== from[l]) first[to[l] + 1] += 1; }
  for (let i = 0; i < n; i += 1) first[i + 1] += first[i];
  const link = new Uint32Array(first[n]);
  const next = first.slice();
  for (let l = 0; l < count; l += 1) { link[next[from[l]]++] = l; if (to[l] !== from[l]) link[next[to[l]]++] = l; }
  return { members, isMember, count, from, to, weight, edge, first, link, ...more };
};

/** Returns the numbers from 0 on. */
export const counting = (count) => {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = i;
  return numbers;
};

/** Returns the edges among the members of a view; those whose lesser-known end is known best come first. */
export const edgesAmong = (data, members) => {
  const { n, m, source, target } = data;
  const isMember = new Uint8Array(n);
  for (const i of members) isMember[i] = 1;
  const [edges, lesser] = [new Uint32Array(m), new Uint32Array(m)];
  let count = 0;
  for (let e = 0; e < m; e += 1) {
    const a = source[e];
    const b = target[e];
    if (!isMember[a] || !isMember[b]) continue;
    edges[count] = e;
    lesser[count] = a < b ? b : a;
    count += 1;
  }
  const { items } = bucketed(n, lesser.subarray(0, count));
  const [edge, from, to] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  for (let l = 0; l < count; l += 1) {
    const e = edges[items[l]];
    edge[l] = e;
    from[l] = source[e];
    to[l] = target[e];
  }
  return network(n, members, from, to, new Float32Array(count).fill(1), edge);
};

/** Returns the ties whose node is a member (and that `counts` lets pass), and where those of each member begin. */
const membersTies = (data, ties, isMember, counts) => {
  const mine = new Uint32Array(ties.count);
  let found = 0;
  for (let t = 0; t < ties.count; t += 1) if (isMember[ties.node[t]] && counts(t)) mine[found++] = t;
  return mine.subarray(0, found);
};

/**
 * Returns the network of members tied by papers in common.
 *
 * Each link has the pairs of ties that it stands for, `one[k] other[k]` for k from `begin[l]` to `begin[l + 1] - 1`, so that
 * its weight can be counted anew when papers are left out. The most papers in common come first. `opposite(a, b)` says
 * whether two members may be tied at all; `crowded` counts the papers left out because they tie too many.
 */
export const together = (data, ties, members, { counts = () => true, opposite = null } = {}) => {
  const isMember = new Uint8Array(data.n);
  for (const i of members) isMember[i] = 1;
  const mine = membersTies(data, ties, isMember, counts);
  const byNode = bucketed(data.n, mine.map((t) => ties.node[t]));
  // Ties stand by paper already: those of a paper run from `start[at]` to `stop[at]` for each tie of it.
  const [start, stop] = [new Uint32Array(mine.length), new Uint32Array(mine.length)];
  let crowded = 0;
  for (let at = 0; at < mine.length;) {
    let after = at;
    while (after < mine.length && ties.paper[mine[after]] === ties.paper[mine[at]]) after += 1;
    const many = after - at > MOST_TOGETHER && !opposite;
    if (many) crowded += 1;
    for (let each = at; each < after; each += 1) [start[each], stop[each]] = many ? [each, each] : [at, after];
    at = after;
  }
  let room = 0;
  for (let at = 0; at < mine.length; at += 1) room += stop[at] - at;
  const [pair, one, other] = [new Uint32Array(room), new Uint32Array(room), new Uint32Array(room)];
  const [from, to] = [[], []];
  const weights = [];
  const seen = new Int32Array(data.n).fill(-1); // the pair of the node at hand with this node
  let [pairs, found] = [0, 0];
  for (const a of members) {
    const before = pairs;
    for (let k = byNode.first[a]; k < byNode.first[a + 1]; k += 1) {
      const at = byNode.items[k];
      for (let each = start[at]; each < stop[at]; each += 1) {
        const b = ties.node[mine[each]];
        if (b <= a || (opposite && !opposite(a, b))) continue;
        if (seen[b] < before) { seen[b] = pairs; from.push(a); to.push(b); weights.push(0); pairs += 1; }
        weights[seen[b]] += 1;
        pair[found] = seen[b];
        one[found] = mine[at];
        other[found] = mine[each];
        found += 1;
      }
    }
  }
  const most = weights.reduce((high, weight) => Math.max(high, weight), 0);
  const ranked = bucketed(most + 1, Uint32Array.from(weights, (weight) => most - weight)).items;
  const rank = new Uint32Array(pairs);
  for (let l = 0; l < pairs; l += 1) rank[ranked[l]] = l;
  const byPair = bucketed(pairs, pair.subarray(0, found).map((each) => rank[each]));
  return network(
    data.n, members, ranked.map((each) => from[each]), ranked.map((each) => to[each]),
    Float32Array.from(ranked, (each) => weights[each]), new Uint32Array(pairs).fill(NOT_ONE_EDGE),
    {
      begin: byPair.first, one: byPair.items.map((k) => one[k]), other: byPair.items.map((k) => other[k]),
      crowded, most: MOST_TOGETHER,
    },
  );
};

/** Returns how strong each link is beside all others of its two ends, 1 where these have no other: the cosine. */
export const strengths = ({ from, to, weight }) => {
  const sums = new Map();
  const add = (i, more) => sums.set(i, (sums.get(i) ?? 0) + more);
  for (let l = 0; l < from.length; l += 1) { add(from[l], weight[l]); add(to[l], weight[l]); }
  return Float32Array.from(from, (i, l) => weight[l] / Math.sqrt(sums.get(i) * sums.get(to[l]) || 1));
};

/** Returns the people of the view of co-authorship, as numbers. */
export const authorsOf = (data, roles) => data.view("coauthors")?.nodes
  ?? Uint32Array.from(numbersOf(Array.from(data.kind), (kind) => roles.author[kind]));

/** Returns the things of the view of topics, as numbers. */
export const thingsOf = (data, roles) => {
  const all = () => numbersOf(Array.from(data.kind), (kind) => roles.thing[kind]);
  return data.view("topics")?.nodes ?? Uint32Array.from(all().slice(0, MOST_THINGS));
};

/** Tells of how many things only some are shown, and in how many papers these are at least; null if all are shown. */
export const fewOf = (data, roles, members) => {
  let all = 0;
  for (let i = 0; i < data.n; i += 1) all += roles.thing[data.kind[i]];
  const papers = () => members.reduce((least, i) => Math.min(least, data.papers[i]), Infinity);
  return members.length < all ? { all, papers: papers() } : null;
};

/** Returns papers and things, as numbers. */
export const datedOf = (data, roles) => {
  const isThing = new Uint8Array(data.n); // in some graphs papers are things too
  for (const i of thingsOf(data, roles)) isThing[i] = 1;
  return counting(data.n).filter((i) => isThing[i] || data.kind[i] === roles.paper);
};

/**
 * Returns the authors and the things with the most papers, so many of each, among papers that `counts` lets pass; `wanted`
 * nodes are always among them.
 */
export const leading = (data, roles, ties, { most, counts, wanted }) => {
  const papers = new Uint32Array(data.n);
  for (let t = 0; t < ties.count; t += 1) if (counts(t)) papers[ties.node[t]] += 1;
  const must = new Set(wanted);
  const best = (nodes) => {
    const known = Array.from(nodes).filter((i) => papers[i] || must.has(i));
    known.sort((a, b) => must.has(b) - must.has(a) || papers[b] - papers[a] || a - b);
    return known.slice(0, most);
  };
  return { left: best(authorsOf(data, roles)), right: best(thingsOf(data, roles)) };
};
