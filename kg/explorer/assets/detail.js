// Level of detail: which nodes and links are drawn where there is no room for all. The most important come first.
import { counting, strengths } from "./networks.js";

/** Nodes that are drawn at once. */
export const MOST_NODES = 24000;
/** Links that are drawn at once. */
export const MOST_LINKS = 6000;
/** From so many nodes on, the whole map shows bundles between communities instead of links. */
export const DENSE = 10000;
const LINKS_OVER_ALL = 2500; // links over the whole map of a graph that is not dense but large
const LINKS_OVER_YEARS = 700;
const LINKS_OVER_COLUMNS = 240; // between which all lie across each other
const MARGIN = 0.3; // of the picture, on each side, is chosen beyond what is seen
const NEARER = 1.6; // so much nearer one can look before more is chosen

/**
 * Makes the choice of what is drawn. `choose(camera, near)` fills `nodes` (of `count`, the last on top) and `ends weights`
 * (of `links`, the most important first; of `allLinks` there); `draws(i)` says that node i is drawn. `known` is false where
 * it is to be made anew.
 */
export const makeDetail = (data) => {
  const { n } = data;
  const detail = {
    nodes: new Uint32Array(Math.min(n, MOST_NODES)), count: 0, marked: new Uint32Array(n), turn: 0,
    ends: new Uint32Array(2 * MOST_LINKS), weights: new Float32Array(MOST_LINKS), link: new Uint32Array(MOST_LINKS),
    links: 0, allLinks: 0,
    members: new Uint32Array(n), size: 0, shownLinks: 0, columns: false, known: false,
  };
  const box = { x0: 0, y0: 0, x1: 0, y1: 0, k: 0 }; // that it was chosen for
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
    detail.columns = scene.axis.length > 0 && !scene.lanes.length;
    detail.known = false;
  };
  detail.draws = (i) => detail.marked[i] === detail.turn;
  /** Tells whether what was chosen is still enough. */
  detail.covers = ({ x: cx, y: cy, k, width, height }) => {
    const [w, h] = [width / k / 2, height / k / 2];
    return cx - w >= box.x0 && cx + w <= box.x1 && cy - h >= box.y0 && cy + h <= box.y1 && k < box.k * NEARER;
  };
  /** Links that may be drawn, by how near one looks (0 to 1). */
  const linkRoom = (near) => {
    if (detail.size > DENSE) return Math.round(MOST_LINKS * Math.max(0, (near - 0.12) / 0.88));
    const most = detail.columns ? LINKS_OVER_COLUMNS : LINKS_OVER_ALL;
    if (detail.shownLinks <= most) return MOST_LINKS;
    const few = scene.lanes.length ? LINKS_OVER_YEARS : most; // those over years lie all in one direction
    return Math.round(few + (MOST_LINKS - few) * near);
  };
  /** Returns the order of links by importance (null: their own) and what tells their width; between columns common ends say little. */
  const ranked = (links) => {
    if (!detail.columns) return [null, (l) => 1 + Math.min(1.2, 0.4 * Math.log2(Math.max(1, links.weight[l])))];
    const strength = strengths(links);
    const order = counting(links.from.length).sort((a, b) => strength[b] - strength[a] || a - b);
    return [order, (l) => 0.8 + 2 * (strength[l] / (strength[order[0]] || 1))];
  };
  detail.choose = ({ x: cx, y: cy, k, width, height }, near) => {
    const [w, h] = [(width / k) * (0.5 + MARGIN), (height / k) * (0.5 + MARGIN)];
    const [x0, y0, x1, y1] = [cx - w, cy - h, cx + w, cy + h];
    Object.assign(box, { x0, y0, x1, y1, k });
    detail.known = true;
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
    const { from, to } = scene.links;
    const [order, wide] = ranked(scene.links);
    const visible = scene.linkVisible;
    const room = linkRoom(near);
    let [links, all] = [0, 0];
    for (let at = 0; at < from.length; at += 1) {
      const l = order ? order[at] : at;
      if (!visible[l]) continue;
      const a = from[l];
      const b = to[l];
      if (marked[a] !== turn && marked[b] !== turn) continue;
      all += 1;
      if (links === room) continue;
      detail.ends[2 * links] = a;
      detail.ends[2 * links + 1] = b;
      detail.weights[links] = wide(l);
      detail.link[links] = l;
      links += 1;
    }
    detail.links = links;
    detail.allLinks = all;
  };
  /** Counts what is in the picture, of what is drawn and of all. */
  detail.inside = ({ x: cx, y: cy, k, width, height }) => {
    let [drawn, all] = [0, 0];
    const [w, h] = [width / k / 2, height / k / 2];
    for (let at = 0; at < detail.size; at += 1) {
      const i = detail.members[at];
      if (Math.abs(x[i] - cx) > w || Math.abs(y[i] - cy) > h) continue;
      all += 1;
      if (detail.draws(i)) drawn += 1;
    }
    return { drawn, all };
  };
  return detail;
};
