// What is tied to what: neighbours in groups, papers in common, who else stands in the same papers.

/** The order of relations in the details; others follow, those with most edges first. */
const ORDER = [
  "dcterms:creator", "kg:introduces", "kg:addressesTask", "kg:usesMethod", "kg:usesDataset", "kg:usesMetric",
  "kg:usesSoftware", "kg:hasTopic", "dcterms:subject", "kg:hasAffiliation", "cito:cites",
];
const AUTHOR = "dcterms:creator";
const CITES = "cito:cites";

const placeOf = (predicate) => (ORDER.includes(predicate) ? ORDER.indexOf(predicate) : ORDER.length);

/** Calls `run(edge, other)` for each edge of a node, from either end. */
export const eachTie = (data, i, run) => {
  for (let at = data.first[i]; at < data.first[i + 1]; at += 1) run(data.tie[at], data.other(data.tie[at], i));
};

export const isPaper = (data, i) => data.kinds[data.kind[i]].name === "paper";
export const isAuthor = (data, i) => ["person", "group", "ambiguous"].includes(data.kinds[data.kind[i]].name);
export const isAuthorship = (data, e) => data.relations[data.relation[e]].predicate === AUTHOR;

/** Counts the papers of the graph that cite a node. */
export const citations = (data, i) => {
  let count = 0;
  const cites = (e) => data.target[e] === i && data.relations[data.relation[e]].predicate === CITES;
  eachTie(data, i, (e) => { if (cites(e)) count += 1; });
  return count;
};

const heading = (data, { relation, out, kind }) => {
  const { predicate, label } = data.relations[relation];
  if (out) return predicate === AUTHOR ? "Authors" : label;
  if (predicate === CITES) return "Cited by";
  return predicate === AUTHOR ? data.kinds[kind].plural : `${data.kinds[kind].plural} · ${label}`;
};

/**
 * Returns the neighbours of a node by relation, direction and kind: `{title, relation, out, kind, edges, authors}`.
 * Authors go by their place, papers by `order` ("year": newest first, "degree": most edges first), others by score.
 */
export const groups = (data, i, order = "year") => {
  const found = new Map();
  eachTie(data, i, (e, other) => {
    const [relation, out] = [data.relation[e], data.source[e] === i];
    const kind = out && isAuthorship(data, e) ? 0 : data.kind[other]; // authors are one list, whatever they are
    const key = (relation * 2 + (out ? 1 : 0)) * 256 + kind;
    if (!found.has(key)) found.set(key, { relation, out, kind, edges: [] });
    found.get(key).edges.push(e);
  });
  const end = (e) => data.other(e, i);
  const byYear = (e, f) => data.year[end(f)] - data.year[end(e)] || end(e) - end(f);
  const byDegree = (e, f) => end(e) - end(f);
  const byScore = (e, f) => data.score[f] - data.score[e] || end(e) - end(f);
  for (const group of found.values()) {
    const { predicate } = data.relations[group.relation];
    group.authors = group.out && predicate === AUTHOR;
    group.title = heading(data, group);
    if (group.authors) group.edges.sort((e, f) => data.position[e] - data.position[f] || e - f);
    else if (data.kinds[group.kind].name === "paper") group.edges.sort(order === "year" ? byYear : byDegree);
    else group.edges.sort(byScore);
  }
  const place = ({ relation }) => placeOf(data.relations[relation].predicate);
  return [...found.values()].sort((a, b) => place(a) - place(b) || b.edges.length - a.edges.length || a.kind - b.kind);
};

/** Returns the papers tied to a node, each once, newest first. */
const papersOf = (data, i) => {
  const found = new Set();
  eachTie(data, i, (e, other) => { if (data.source[e] === other && isPaper(data, other)) found.add(other); });
  return [...found].sort((p, q) => data.year[q] - data.year[p] || p - q);
};

/** Returns the papers tied to both nodes, newest first. */
export const commonPapers = (data, a, b) => {
  const [few, many] = data.degree[a] <= data.degree[b] ? [a, b] : [b, a];
  const there = new Set(papersOf(data, few));
  return papersOf(data, many).filter((p) => there.has(p));
};

/** Returns who and what stands in the same papers as a node, by kind: `[{kind, others, papers}]`, most papers first. */
export const companions = (data, i) => {
  const papers = papersOf(data, i);
  const count = new Map();
  for (const p of papers) {
    const seen = new Set();
    eachTie(data, p, (e, other) => {
      if (other === i || data.source[e] !== p || isPaper(data, other) || seen.has(other)) return;
      seen.add(other);
      count.set(other, (count.get(other) ?? 0) + 1);
    });
  }
  const kinds = new Map();
  for (const other of count.keys()) {
    const kind = data.kind[other];
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(other);
  }
  return [...kinds].map(([kind, others]) => ({
    kind, others: others.sort((a, b) => count.get(b) - count.get(a) || a - b), papers: count,
  })).sort((a, b) => a.kind - b.kind);
};

/** Returns the place of a node among those of its kind by PageRank, and of how many; null where it is not known. */
export const rankPlace = (data, i) => {
  if (!data.rank) return null;
  let [before, of] = [1, 0];
  for (let j = 0; j < data.n; j += 1) {
    if (data.kind[j] !== data.kind[i]) continue;
    of += 1;
    if (data.rank[j] > data.rank[i]) before += 1;
  }
  return { place: before, of };
};
