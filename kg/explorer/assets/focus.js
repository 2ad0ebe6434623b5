// What stands out: the chosen node with its neighbours, an edge, a path, what is under the pointer.
import { NOT_ONE_EDGE } from "./networks.js";

const FOCUS_LINKS = 4000; // links that stand out at once

/** Makes the focus: `nodes` (the last on top) and `ends weights` of links, filled by `update(scene, state, hover)`. */
export const makeFocus = (data) => {
  const focus = {
    nodes: new Uint32Array(data.n), count: 0, links: 0, link: new Uint32Array(FOCUS_LINKS),
    ends: new Uint32Array(2 * FOCUS_LINKS), weights: new Float32Array(FOCUS_LINKS),
    marked: new Uint32Array(data.n), turn: 0, strong: false,
  };
  const addNode = (scene, i) => {
    if (focus.marked[i] === focus.turn || !scene.shown[i] || Number.isNaN(scene.x[i])) return;
    focus.marked[i] = focus.turn;
    focus.nodes[focus.count++] = i;
  };
  const addLink = (scene, l, weight = 1) => {
    if (focus.links === FOCUS_LINKS) return;
    const { from, to } = scene.links;
    focus.ends[2 * focus.links] = from[l];
    focus.ends[2 * focus.links + 1] = to[l];
    focus.weights[focus.links] = weight;
    focus.link[focus.links] = l;
    focus.links += 1;
  };
  const addAround = (scene, i) => {
    const { net } = scene.view;
    for (let k = net.first[i]; k < net.first[i + 1]; k += 1) {
      const l = net.link[k];
      if (!scene.linkVisible[l]) continue;
      addLink(scene, l);
      addNode(scene, net.from[l] === i ? net.to[l] : net.from[l]);
    }
  };
  /** Returns the visible link between two nodes, NOT_ONE_EDGE if there is none. */
  const between = (scene, a, b) => {
    const { net } = scene.view;
    for (let k = net.first[a]; k < net.first[a + 1]; k += 1) {
      const l = net.link[k];
      if (scene.linkVisible[l] && (net.from[l] === b || net.to[l] === b)) return l;
    }
    return NOT_ONE_EDGE;
  };
  /** Returns the ends of the edge or link whose details are open, null if none are. */
  const endsOf = ({ edge, pair }) => (edge >= 0 ? [data.source[edge], data.target[edge]] : pair ?? null);
  focus.draws = (i) => focus.marked[i] === focus.turn;
  /** `strong` says that all else is to fade: something is chosen, not only under the pointer. */
  focus.update = (scene, state, hover) => {
    focus.turn += 1;
    focus.count = 0;
    focus.links = 0;
    const { net } = scene.view;
    const there = (i) => i >= 0 && i < data.n && scene.shown[i] && !Number.isNaN(scene.x[i]);
    const { path } = scene;
    const ends = endsOf(state);
    focus.strong = there(state.node) || Boolean(ends) || Boolean(path);
    if (path) {
      for (let at = 1; at < path.length; at += 1) {
        const l = between(scene, path[at - 1], path[at]);
        if (l !== NOT_ONE_EDGE) addLink(scene, l, 2.2);
      }
      for (const i of path) addNode(scene, i);
    }
    if (ends) {
      const l = net.isMember[ends[0]] && net.isMember[ends[1]] ? between(scene, ends[0], ends[1]) : NOT_ONE_EDGE;
      if (l !== NOT_ONE_EDGE) addLink(scene, l, 2.2);
      for (const i of ends) addNode(scene, i);
    }
    if (there(state.node)) { if (!path) addAround(scene, state.node); addNode(scene, state.node); }
    if (there(hover) && hover !== state.node) { addAround(scene, hover); addNode(scene, hover); }
    if (focus.strong || hover >= 0) for (const i of state.selected) addNode(scene, i);
    focus.nodes.subarray(0, focus.count).sort().reverse();
  };
  return focus;
};
