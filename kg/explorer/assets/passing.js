// What passes the filters of the reader: edges, ties and nodes, as flags.

/**
 * Makes the filters. Each call with a state returns `{ edges, ties, nodes }`, flags that the next call writes over.
 *
 * A paper passes by its year and by the topic. An edge passes by its relation and score when the papers at its ends pass.
 * All else passes while an edge to it does; what never had an edge, by its own year and unless a topic is asked for.
 */
export const makeFilters = (data, roles, allTies) => {
  const { n, m, source, target, relation, score, year, kind, degree } = data;
  const edges = new Uint8Array(m);
  const ties = new Uint8Array(allTies.count);
  const nodes = new Uint8Array(n);
  const isPaper = Uint8Array.from(kind, (each) => (each === roles.paper ? 1 : 0));
  const onTopic = new Uint8Array(n);
  let topicSeen = -1;

  const markTopic = (topic) => {
    if (topic === topicSeen) return;
    topicSeen = topic;
    onTopic.fill(0);
    if (topic < 0) return;
    onTopic[topic] = 1;
    if (isPaper[topic]) return;
    for (let k = data.first[topic]; k < data.first[topic + 1]; k += 1) onTopic[data.other(data.tie[k], topic)] = 1;
  };

  return (state) => {
    const [from, to] = state.years ?? [0, 0xffff];
    const dated = (i) => (year[i] === 0 ? state.undated || !state.years : year[i] >= from && year[i] <= to);
    const least = Math.round(state.score * 255);
    const kept = Uint8Array.from(data.relations, (_, r) => (state.hiddenRelations.includes(r) ? 0 : 1));
    const topical = state.topic >= 0;
    markTopic(state.topic);
    for (let i = 0; i < n; i += 1) {
      nodes[i] = (isPaper[i] || !degree[i]) && dated(i) && (!topical || onTopic[i]) ? 1 : 0;
    }
    ties.fill(0);
    for (let e = 0; e < m; e += 1) {
      const a = source[e];
      const b = target[e];
      const passes = kept[relation[e]] && score[e] >= least && (!isPaper[a] || nodes[a]) && (!isPaper[b] || nodes[b]) ? 1 : 0;
      edges[e] = passes;
      if (!passes) continue;
      if (allTies.tie[e] < ties.length) ties[allTies.tie[e]] = 1;
    }
    // Only now: a node that is no paper must not let its own edges pass.
    for (let e = 0; e < m; e += 1) if (edges[e]) { nodes[source[e]] = 1; nodes[target[e]] = 1; }
    return { edges, ties, nodes };
  };
};
