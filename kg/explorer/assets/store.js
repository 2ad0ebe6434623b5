// What the reader of the page has chosen: one plain state that never changes in place, with undo and redo.

/** The state at the start. All nodes and edges go by their numbers. */
export const START = Object.freeze({
  view: "graph", // graph coauthors topics timeline bipartite
  node: -1, // whose details are open
  edge: -1, // or of which edge
  selected: [], // the selection list, in the order of choosing
  hiddenKinds: [], // numbers of kinds
  hiddenRelations: [], // numbers of relations
  years: null, // [from, to], both included; what has no year stays
  score: 0, // edges below are left out, 0 to 1
  topic: -1, // only what is within one step of papers tied to this node
  community: -1, // only this community of the view
  colour: "kind", // kind community year papers degree
  size: "degree", // degree papers cited centrality same
  ego: null, // { nodes: [..], depth: 1..4 }: only what is so near to these nodes
  expanded: [], // nodes whose neighbours are shown besides
  hidden: [], // nodes that were hidden by hand
  pinned: [], // [node, x, y]: stays there, keeps its label
  path: null, // [from, to]: the shortest path is shown
});

/** What undo leaves alone: looking at something changes nothing. */
const LOOKING = ["node", "edge"];

/** Makes a store. `on(run)` is told `(state, before)` after each change. */
export const makeStore = (start = START) => {
  let state = Object.freeze({ ...start });
  let [past, future] = [[], []];
  const listeners = [];

  const move = (to) => {
    const before = state;
    state = Object.freeze(to);
    for (const run of listeners) run(state, before);
  };
  const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

  return {
    get state() { return state; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    on: (run) => { listeners.push(run); },
    /** Changes parts of the state; `{ quiet: true }` makes no step to undo (for instance while a slider moves). */
    set: (patch, { quiet = false } = {}) => {
      const changed = Object.keys(patch).filter((name) => !same(patch[name], state[name]));
      if (!changed.length) return;
      if (!quiet && changed.some((name) => !LOOKING.includes(name))) {
        past.push(state);
        if (past.length > 200) past.shift();
        future = [];
      }
      move({ ...state, ...patch });
    },
    undo: () => {
      if (!past.length) return;
      future.push(state);
      move({ ...past.pop(), node: state.node, edge: state.edge });
    },
    redo: () => {
      if (!future.length) return;
      past.push(state);
      move({ ...future.pop(), node: state.node, edge: state.edge });
    },
    reset: () => { past.push(state); future = []; move({ ...START, view: state.view }); },
  };
};
