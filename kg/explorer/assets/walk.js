// Ways through a network: what is near to some nodes, and the shortest path between two.

const FAR = 0xffff;

/**
 * Returns how many steps each node is from the nearest of `starts`, 255 for what is farther than `depth` or not tied.
 *
 * `nodes` and `links` are flags of what may be walked on (null: all); the starts may always.
 */
export const near = (net, starts, depth, nodes = null, links = null) => {
  const { first, link, from, to } = net;
  const n = first.length - 1;
  const steps = new Uint16Array(n).fill(FAR);
  const queue = new Uint32Array(n);
  let [head, tail] = [0, 0];
  for (const i of starts) if (steps[i] === FAR) { steps[i] = 0; queue[tail++] = i; }
  while (head < tail) {
    const i = queue[head++];
    const next = steps[i] + 1;
    if (next > depth || next >= FAR) break;
    for (let k = first[i]; k < first[i + 1]; k += 1) {
      const l = link[k];
      if (links && !links[l]) continue;
      const j = from[l] === i ? to[l] : from[l];
      if (steps[j] !== FAR || (nodes && !nodes[j])) continue;
      steps[j] = next;
      queue[tail++] = j;
    }
  }
  return steps;
};

/** Tells whether a node was reached by `near`. */
export const reached = (steps, i) => steps[i] !== FAR;

/**
 * Returns the nodes of the shortest path between two, both included, or null. Of several, the one over nodes with the fewest
 * links: what two share with hundreds of others says little of them.
 */
export const shortestPath = (net, start, end, nodes, links) => {
  if ((nodes && !(nodes[start] && nodes[end])) || start < 0 || end < 0) return null;
  const steps = near(net, [end], FAR - 1, nodes, links);
  if (!reached(steps, start)) return null;
  let layer = new Map([[start, 0]]);
  const before = new Map();
  for (let left = steps[start] - 1; left >= 0; left -= 1) {
    const next = new Map();
    for (const [i, cost] of layer) {
      for (let k = net.first[i]; k < net.first[i + 1]; k += 1) {
        const l = net.link[k];
        const j = net.from[l] === i ? net.to[l] : net.from[l];
        if ((links && !links[l]) || steps[j] !== left) continue;
        const sum = cost + Math.log(net.first[j + 1] - net.first[j]);
        if (!next.has(j) || sum < next.get(j)) { next.set(j, sum); before.set(j, i); }
      }
    }
    layer = next;
  }
  const path = [end];
  while (path[0] !== start) path.unshift(before.get(path[0]));
  return path;
};
