// Level of detail: which nodes and links are drawn where there is no room for all. The most important come first.

/** Nodes that are drawn at once. */
export const MOST_NODES = 24000;
/** Links that are drawn at once. */
export const MOST_LINKS = 6000;
/** From so many nodes on, the whole map shows bundles between communities instead of links. */
export const DENSE = 20000;
const LINKS_OVER_ALL = 2500; // links over the whole map of a graph that is not dense but large
const LINKS_OVER_YEARS = 700;

/**
 * Makes the choice of what is drawn. `choose(box, near)` fills `nodes` (of `count`, the last on top) and `ends weights`
 * (of `links`, the most important first; of `allLinks` in the box); `marked[i] === turn` says that node i is drawn.
 */
export const makeDetail = (data) => {
  const { n } = data;
  const detail = {
    nodes: new Uint32Array(Math.min(n, MOST_NODES)), count: 0, marked: new Uint32Array(n), turn: 0,
    ends: new Uint32Array(2 * MOST_LINKS), weights: new Float32Array(MOST_LINKS), link: new Uint32Array(MOST_LINKS),
    links: 0, allLinks: 0,
    members: new Uint32Array(n), size: 0, shownLinks: 0,
  };
  let scene = null;
  let [x, y] = [null, null];

  /** Takes what is shown: its nodes, by importance. */
  detail.set = (to, xs, ys) => {
    scene = to;
    [x, y] = [xs, ys];
    let size = 0;
    for (const i of scene.view.net.members) if (scene.shown[i] && !Number.isNaN(x[i])) detail.members[size++] = i;
    detail.size = size;
    detail.shownLinks = scene.counts.links;
  };
  /** Links that may be drawn, by how near one looks (0 to 1). */
  const linkRoom = (near) => {
    if (detail.size > DENSE) return Math.round(MOST_LINKS * Math.max(0, (near - 0.12) / 0.88));
    if (detail.shownLinks <= LINKS_OVER_ALL) return MOST_LINKS;
    const few = scene.lanes.length ? LINKS_OVER_YEARS : LINKS_OVER_ALL; // those over years lie all in one direction
    return Math.round(few + (MOST_LINKS - few) * near);
  };
  detail.choose = (x0, y0, x1, y1, near) => {
    const { members, size, nodes, marked } = detail;
    const turn = ++detail.turn;
    let count = 0;
    for (let at = 0; at < size; at += 1) {
      const i = members[at];
      if (x[i] < x0 || x[i] > x1 || y[i] < y0 || y[i] > y1) continue;
      if (count === MOST_NODES) break;
      nodes[count++] = i;
      marked[i] = turn;
    }
    nodes.subarray(0, count).reverse();
    detail.count = count;
    const { from, to, weight } = scene.links;
    const visible = scene.linkVisible;
    const room = linkRoom(near);
    let [links, all] = [0, 0];
    for (let l = 0; l < from.length; l += 1) {
      if (!visible[l]) continue;
      const [a, b] = [from[l], to[l]];
      if (marked[a] !== turn && marked[b] !== turn) continue;
      all += 1;
      if (links === room) continue;
      detail.ends[2 * links] = a;
      detail.ends[2 * links + 1] = b;
      detail.weights[links] = 1 + Math.min(1.2, 0.4 * Math.log2(Math.max(1, weight[l])));
      detail.link[links] = l;
      links += 1;
    }
    detail.links = links;
    detail.allLinks = all;
  };
  /** Counts what lies in a box, of what is drawn and of all. */
  detail.inside = (x0, y0, x1, y1) => {
    let [drawn, all] = [0, 0];
    const { members, size, marked, turn } = detail;
    for (let at = 0; at < size; at += 1) {
      const i = members[at];
      if (x[i] < x0 || x[i] > x1 || y[i] < y0 || y[i] > y1) continue;
      all += 1;
      if (marked[i] === turn) drawn += 1;
    }
    return { drawn, all };
  };
  return detail;
};
