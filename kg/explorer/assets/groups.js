// What nodes can be told apart by besides their kind: venue, type, institution, topic ..., and numbers that facts tell of them.
//
// A node is in the group that a fact tells of it. A paper of which none does is in that of most of what it is tied to, all else
// in that of most of its papers; of equals, in that of more nodes. The columns are written in kg/explorer/groups.py.

const NO_GROUPS = ["paper", "cited", "person", "ambiguous", "group"]; // kinds whose nodes are too many to be groups
const ALONE = "cited"; // papers that are only cited: where their readers publish says nothing of them

/** Returns the value of each node of a property's column, of others 0. */
const spreadOver = (data, { kinds, column }) => {
  const found = new Uint32Array(data.n);
  const has = Uint8Array.from(data.kinds, (_, k) => (kinds.includes(k) ? 1 : 0));
  for (let i = 0, at = 0; i < data.n; i += 1) if (has[data.kind[i]]) { found[i] = column[at]; at += 1; }
  return found;
};

/** Returns the numbers that facts tell of nodes: `{ name, label, values }`, -1 where they tell none. */
export const numbersOf = (data) => data.properties.filter((each) => each.number).map(
  (each) => ({ name: each.name, label: each.label, values: Int32Array.from(spreadOver(data, each), (value) => value - 1) }),
);

/** Lets papers take the group of most of what they are tied to, and all else that of most of its papers. */
const settled = (data, own, count) => {
  const paper = data.kinds.findIndex(({ name }) => name === "paper");
  const alone = data.kinds.findIndex(({ name }) => name === ALONE);
  const found = own.slice();
  const votes = new Uint32Array(count + 1);
  const voted = (i, ofPapers) => {
    const seen = [];
    for (let k = data.first[i]; k < data.first[i + 1]; k += 1) {
      const other = data.other(data.tie[k], i);
      const group = found[other];
      if (group && (data.kind[other] === paper) === ofPapers && (votes[group] += 1) === 1) seen.push(group);
    }
    let best = 0;
    for (const group of seen) if (votes[group] > votes[best] || (votes[group] === votes[best] && group < best)) best = group;
    for (const group of seen) votes[group] = 0;
    return best;
  };
  for (let i = 0; i < data.n; i += 1) if (!own[i] && data.kind[i] === paper) found[i] = voted(i, false);
  for (let i = 0; i < data.n; i += 1) {
    if (!own[i] && data.kind[i] !== paper && data.kind[i] !== alone) found[i] = voted(i, true);
  }
  return found;
};

/** Makes the groups. `list` names the properties; `of(name)` tells who is in which group of one. */
export const makeGroups = (data) => {
  const told = data.properties.filter((each) => !each.number);
  const isNode = (value) => typeof value === "number";
  const sizes = new Uint32Array(data.kinds.length);
  for (const k of data.kind) sizes[k] += 1;
  const covered = new Set(told.flatMap(({ values }) => values.filter(isNode).map((i) => data.kind[i])));
  const kinds = data.kinds.map(({ name, label }, k) => ({ name, label, k })).filter(
    ({ name, k }) => sizes[k] > 1 && !NO_GROUPS.includes(name) && !covered.has(k),
  );

  const ofProperty = (property) => {
    const own = spreadOver(data, property);
    const { values } = property;
    values.forEach((value, at) => { if (isNode(value)) own[value] = at + 1; });
    return { own, values, more: values.length + 1 };
  };
  const ofKind = (k) => {
    const [own, values] = [new Uint32Array(data.n), []];
    for (let i = 0; i < data.n; i += 1) if (data.kind[i] === k) { values.push(i); own[i] = values.length; }
    return { own, values, more: values.length + 1 };
  };

  const made = new Map();
  const makers = new Map([
    ...told.map((each) => [each.name, () => ofProperty(each)]), ...kinds.map(({ name, k }) => [name, () => ofKind(k)]),
  ]);
  /**
   * Returns `group` of each node (0: not known), `own` where a fact tells it, `more` (the group of all that have no name here),
   * `rank` of each group, the largest first, and `nodes` in each.
   */
  const of = (name) => {
    if (!makers.has(name)) return null;
    if (!made.has(name)) {
      const parts = makers.get(name)();
      const group = settled(data, parts.own, parts.more);
      const nodes = new Uint32Array(parts.more + 1);
      for (const each of group) nodes[each] += 1;
      const rank = new Uint32Array(parts.more + 1);
      const known = Array.from(parts.values, (_, at) => at + 1).sort((a, b) => nodes[b] - nodes[a] || a - b);
      [...known, parts.more, 0].forEach((each, at) => { rank[each] = at; });
      made.set(name, { ...parts, group, nodes, rank });
    }
    return made.get(name);
  };
  const labelOf = (name, group) => {
    const { values, more } = of(name);
    if (!group) return "Not known";
    const value = group === more ? "Other" : values[group - 1];
    return isNode(value) ? data.labels[value] : value;
  };
  return {
    list: [...told, ...kinds].map(({ name, label }) => ({ name, label })), of, labelOf,
    /** What facts tell of nodes, in words: `{ name, label, of(i) }`, empty where they tell nothing. */
    facts: [
      ...told.map(({ name, label }) => ({
        name, label, of: (i) => { const own = of(name).own[i]; return own ? labelOf(name, own) : ""; },
      })),
      ...data.numbers.map(({ name, label, values }) => ({ name, label, of: (i) => (values[i] < 0 ? "" : String(values[i])) })),
    ],
    /** Returns what a group goes by in addresses: its value, or the key of its node. */
    keyOf: (name, group) => { const value = of(name).values[group - 1]; return isNode(value) ? data.keys[value] : value; },
    /** Returns the group of a property that goes by such a text, 0 if none does. */
    find: (name, key) => {
      const values = of(name)?.values ?? [];
      const node = data.find(key);
      return values.findIndex((value) => (isNode(value) ? value === node : value === key)) + 1;
    },
  };
};
