// What the reader of the page has chosen: one plain state that never changes in place, with undo and redo.

/** The state at the start. All nodes and edges go by their numbers. */
export const START = Object.freeze({
  view: "graph", // graph coauthors topics timeline bipartite
  node: -1, // whose details are open
  edge: -1, // or of which edge
  pair: null, // or [a, b]: of the papers that a link of two nodes stands for
  selected: [], // the selection list, in the order of choosing
  hiddenKinds: [], // numbers of kinds
  hiddenRelations: [], // numbers of relations
  years: null, // [from, to], both included
  undated: true, // what has no year stays when years are chosen
  isolated: true, // what has no link that is shown stays
  score: 0, // edges below are left out, 0 to 1
  topic: -1, // only papers tied to this node, and what is tied to these
  community: -1, // only this community of the view
  only: null, // or [property, value]: only this group, see groups.js
  colour: "", // kind community year papers degree cited rank, or a property; empty: what tells most in the view
  size: "degree", // degree papers cited centrality same, or a property that is a number
  ego: null, // { nodes: [..], depth: 0..4 }: only what is so near to these nodes
  expanded: [], // nodes whose neighbours are shown besides
  hidden: [], // nodes that were hidden by hand
  pinned: [], // [node, x, y]: stays there, on a map that is not turned; keeps its label
  path: null, // [from, to]: the shortest path is shown
});

/** What undo leaves alone: looking at something changes nothing. */
const LOOKING = ["node", "edge", "pair"];
const MOST_STEPS = 200;
const AT_ONCE = 800; // ms: changes of the same thing that follow each other so quickly are one step

const lookedAt = (state) => Object.fromEntries(LOOKING.map((name) => [name, state[name]]));
const sameValue = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Makes a store. `on(run)` is told `(state, before)` after each change. */
export const makeStore = (start = START) => {
  let state = Object.freeze({ ...start });
  let [past, future] = [[], []];
  let draft = null; // the state before a run of quiet changes: the step that they will be
  let last = { names: "", at: -Infinity };
  const listeners = [];

  const move = (to) => {
    const before = state;
    state = Object.freeze(to);
    for (const run of listeners) run(state, before);
  };
  const remember = (step) => {
    past.push(step);
    if (past.length > MOST_STEPS) past.shift();
    future = [];
  };
  const settle = () => {
    if (draft && !sameValue({ ...draft.state, ...lookedAt(state) }, state)) remember(draft.state);
    draft = null;
  };
  const go = (from, to) => {
    if (!from.length) return false;
    to.push(state);
    last = { names: "", at: -Infinity };
    move({ ...from.pop(), ...lookedAt(state) });
    return true;
  };

  return {
    get state() { return state; },
    get canUndo() { return past.length > 0 || draft !== null; },
    get canRedo() { return future.length > 0; },
    on: (run) => { listeners.push(run); },
    /**
     * Changes parts of the state. With `quiet` (while a slider moves) the change makes no step to undo of its own: it is
     * part of the step that the next change makes. With `merged`, quick changes of the same parts are one step.
     */
    set: (patch, { quiet = false, merged = false } = {}) => {
      const changed = Object.keys(patch).filter((name) => !sameValue(patch[name], state[name]));
      const deciding = changed.filter((name) => !LOOKING.includes(name)).join();
      const sliding = draft && Object.keys(patch).every((name) => draft.names.includes(name));
      if (draft && !quiet && (deciding || sliding)) {
        if (sliding) {
          remember(draft.state);
          draft = null;
          if (changed.length) move({ ...state, ...patch });
          return;
        }
        settle();
      }
      if (!changed.length) return;
      if (quiet && deciding) {
        if (draft && !sliding) settle();
        draft ??= { state, names: Object.keys(patch) };
      } else if (deciding) {
        const now = performance.now();
        if (!(merged && last.names === deciding && now - last.at < AT_ONCE)) remember(state);
        last = { names: merged ? deciding : "", at: now };
      }
      move({ ...state, ...patch });
      // Slid there and back: no step.
      if (merged && !draft && past.length && sameValue({ ...past.at(-1), ...lookedAt(state) }, state)) past.pop();
    },
    undo: () => { settle(); return go(past, future); },
    redo: () => { settle(); return go(future, past); },
    reset: () => {
      settle();
      const to = { ...START, view: state.view };
      if (sameValue(to, state)) return;
      remember(state);
      move(to);
    },
  };
};
